// What is published needs no parent and no profile; the parent is there, as the installer brings it.
def published = new File(localRepositoryPath, 'org/nin4j').listFiles().findAll { it.name != 'nin4j-parent' }
assert published*.name.containsAll(['nin4j-core', 'nin4j-interchange', 'nin4j-platform', 'nin4j-server'])
published.each { artifact ->
  artifact.eachFileRecurse { file ->
    assert !file.name.endsWith('.pom') ||
        (file.text.contains('<name>Apache-2.0</name>') &&
            !(file.text =~ /<(profile|parent|build)>|<scope>test</))
  }
}

// The natives of every platform come with it.
def tree = new File(basedir, 'target/tree').text
for (platform in ['linux-x86_64', 'linux-arm64', 'macosx-x86_64', 'macosx-arm64', 'windows-x86_64']) {
  for (binding in ['javacpp', 'dnnl', 'opencl']) {
    assert tree.contains("org.bytedeco:$binding:jar:$platform:")
  }
}

// The server brings Jetty and Prometheus' client, and no binding of SLF4J: that is the host's choice.
assert tree.contains('org.eclipse.jetty:jetty-server:jar:') && tree.contains('org.slf4j:slf4j-api:jar:')
assert !(tree =~ /slf4j-jdk14|jackson-databind|junit|selenium|servlet/)

// oneDNN computes and the server answers, on the class path and on the module path.
def run = { String... options ->
  def java = new File(System.getProperty('java.home'), 'bin/java').path
  def builder = new ProcessBuilder([java, '-XX:TieredStopAtLevel=1', *options])
      .directory(basedir).redirectErrorStream(true)
  builder.environment()['NIN4J_CACHE'] = new File(basedir, 'target/cache').path
  def process = builder.start()
  def output = process.inputStream.text
  println output
  assert process.waitFor() == 0
  output
}
def verify = { String core, String server, Closure<String> start ->
  def output = start('Consumer')
  assert output =~ /(?m)^oneDNN [0-9.]+ \(.+\) sees a [0-9]$/
  assert output.readLines().contains('formats: .safetensors .pt .npz .onnx')
  assert output.readLines().contains("module: $core".toString())

  output = start('Serving')
  for (who in ['a server', 'a handler']) {
    assert output.readLines().contains("$who is ready: 200".toString())
    assert output =~ /(?m)^$who answers: \{"model":"nin-small-cifar10",.+"probability":0\.\d+/
  }
  assert output.readLines().contains('threads left: 0')
  assert output.readLines().contains("module: $server".toString())
}
def separator = File.pathSeparator
verify('null', 'null') { run('-cp', "target/classes${separator}target/dependency/*", "consumer.$it") }
verify('org.nin4j.core', 'org.nin4j.server') {
  run('-p', "target/classes${separator}target/dependency",
      '--add-modules', 'ALL-MODULE-PATH', '-m', "consumer/consumer.$it")
}
