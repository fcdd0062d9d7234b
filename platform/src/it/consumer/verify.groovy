// What is published needs no parent and no profile; the parent is there, as the installer brings it.
def published = new File(localRepositoryPath, 'org/nin4j').listFiles().findAll { it.name != 'nin4j-parent' }
assert published*.name.containsAll(['nin4j-core', 'nin4j-interchange', 'nin4j-platform'])
published.each { artifact ->
  artifact.eachFileRecurse { file ->
    assert !file.name.endsWith('.pom') || !(file.text =~ /<(profile|parent|build)>|<scope>test</)
  }
}

// The natives of every platform come with it.
def tree = new File(basedir, 'target/tree').text
for (platform in ['linux-x86_64', 'linux-arm64', 'macosx-x86_64', 'macosx-arm64', 'windows-x86_64']) {
  for (binding in ['javacpp', 'dnnl', 'opencl']) {
    assert tree.contains("org.bytedeco:$binding:jar:$platform:")
  }
}

// oneDNN computes, on the class path and on the module path.
def run = { String module, String... options ->
  def java = new File(System.getProperty('java.home'), 'bin/java').path
  def builder = new ProcessBuilder([java, *options]).directory(basedir).redirectErrorStream(true)
  builder.environment()['NIN4J_CACHE'] = new File(basedir, 'target/cache').path
  def process = builder.start()
  def output = process.inputStream.text
  println output
  assert process.waitFor() == 0
  assert output =~ /(?m)^oneDNN [0-9.]+ \(.+\) sees a [0-9]$/
  assert output.readLines().contains('formats: .safetensors .pt .npz .onnx')
  assert output.readLines().contains("module: $module".toString())
}
def separator = File.pathSeparator
run('null', '-cp', "target/classes${separator}target/dependency/*", 'consumer.Consumer')
run('org.nin4j.core', '-p', "target/classes${separator}target/dependency",
    '--add-modules', 'ALL-MODULE-PATH', '-m', 'consumer/consumer.Consumer')
