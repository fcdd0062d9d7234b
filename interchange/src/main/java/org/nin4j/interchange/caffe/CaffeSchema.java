package org.nin4j.interchange.caffe;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.Map;

/**
 * The part of Caffe's messages that is read here: names and numbers are those of its caffe.proto;
 * all other fields are skipped.
 */
final class CaffeSchema {
  private static final String MESSAGES =
      """
      message BlobShape
      repeated int64 dim 1
      message BlobProto
      optional int32 num 1
      optional int32 channels 2
      optional int32 height 3
      optional int32 width 4
      repeated float data 5
      optional BlobShape shape 7
      repeated double double_data 8
      enum Phase
      TRAIN 0
      TEST 1
      message NetState
      optional Phase phase 1
      optional int32 level 2
      repeated string stage 3
      message NetStateRule
      optional Phase phase 1
      optional int32 min_level 2
      optional int32 max_level 3
      repeated string stage 4
      repeated string not_stage 5
      message TransformationParameter
      optional float scale 1
      optional uint32 crop_size 3
      optional string mean_file 4
      repeated float mean_value 5
      optional bool force_color 6
      optional bool force_gray 7
      message DataParameter
      optional float scale 2
      optional string mean_file 3
      optional uint32 crop_size 5
      message ImageDataParameter
      optional float scale 2
      optional string mean_file 3
      optional uint32 crop_size 5
      optional uint32 new_height 9
      optional uint32 new_width 10
      optional bool is_color 11
      message MemoryDataParameter
      optional uint32 channels 2
      optional uint32 height 3
      optional uint32 width 4
      message InputParameter
      repeated BlobShape shape 1
      message ConvolutionParameter
      optional uint32 num_output 1
      optional bool bias_term 2
      repeated uint32 pad 3
      repeated uint32 kernel_size 4
      optional uint32 group 5
      repeated uint32 stride 6
      optional uint32 pad_h 9
      optional uint32 pad_w 10
      optional uint32 kernel_h 11
      optional uint32 kernel_w 12
      optional uint32 stride_h 13
      optional uint32 stride_w 14
      optional int32 axis 16
      repeated uint32 dilation 18
      enum PoolMethod
      MAX 0
      AVE 1
      STOCHASTIC 2
      enum RoundMode
      CEIL 0
      FLOOR 1
      message PoolingParameter
      optional PoolMethod pool 1
      optional uint32 kernel_size 2
      optional uint32 stride 3
      optional uint32 pad 4
      optional uint32 kernel_h 5
      optional uint32 kernel_w 6
      optional uint32 stride_h 7
      optional uint32 stride_w 8
      optional uint32 pad_h 9
      optional uint32 pad_w 10
      optional bool global_pooling 12
      optional RoundMode round_mode 13
      message InnerProductParameter
      optional uint32 num_output 1
      optional bool bias_term 2
      optional int32 axis 5
      optional bool transpose 6
      message DropoutParameter
      optional float dropout_ratio 1
      message ReLUParameter
      optional float negative_slope 1
      message LayerParameter
      optional string name 1
      optional string type 2
      repeated string bottom 3
      repeated string top 4
      repeated BlobProto blobs 7
      repeated NetStateRule include 8
      repeated NetStateRule exclude 9
      optional TransformationParameter transform_param 100
      optional ConvolutionParameter convolution_param 106
      optional DataParameter data_param 107
      optional DropoutParameter dropout_param 108
      optional ImageDataParameter image_data_param 115
      optional InnerProductParameter inner_product_param 117
      optional MemoryDataParameter memory_data_param 119
      optional PoolingParameter pooling_param 121
      optional ReLUParameter relu_param 123
      optional InputParameter input_param 143
      enum LayerType
      NONE 0
      ACCURACY 1
      BNLL 2
      CONCAT 3
      CONVOLUTION 4
      DATA 5
      DROPOUT 6
      EUCLIDEAN_LOSS 7
      FLATTEN 8
      HDF5_DATA 9
      HDF5_OUTPUT 10
      IM2COL 11
      IMAGE_DATA 12
      INFOGAIN_LOSS 13
      INNER_PRODUCT 14
      LRN 15
      MULTINOMIAL_LOGISTIC_LOSS 16
      POOLING 17
      RELU 18
      SIGMOID 19
      SOFTMAX 20
      SOFTMAX_LOSS 21
      SPLIT 22
      TANH 23
      WINDOW_DATA 24
      ELTWISE 25
      POWER 26
      SIGMOID_CROSS_ENTROPY_LOSS 27
      HINGE_LOSS 28
      MEMORY_DATA 29
      ARGMAX 30
      THRESHOLD 31
      DUMMY_DATA 32
      SLICE 33
      MVN 34
      ABSVAL 35
      SILENCE 36
      CONTRASTIVE_LOSS 37
      EXP 38
      DECONVOLUTION 39
      message V0LayerParameter
      message V1LayerParameter
      optional V0LayerParameter layer 1
      repeated string bottom 2
      repeated string top 3
      optional string name 4
      optional LayerType type 5
      repeated BlobProto blobs 6
      optional ConvolutionParameter convolution_param 10
      optional DataParameter data_param 11
      optional DropoutParameter dropout_param 12
      optional ImageDataParameter image_data_param 15
      optional InnerProductParameter inner_product_param 17
      optional PoolingParameter pooling_param 19
      optional MemoryDataParameter memory_data_param 22
      optional ReLUParameter relu_param 30
      repeated NetStateRule include 32
      repeated NetStateRule exclude 33
      optional TransformationParameter transform_param 36
      message NetParameter
      optional string name 1
      repeated V1LayerParameter layers 2
      repeated string input 3
      repeated int32 input_dim 4
      optional NetState state 6
      repeated BlobShape input_shape 8
      repeated LayerParameter layer 100
      """;

  private static final Map<String, Type> SCALARS =
      Map.of(
          "bool", Type.TYPE_BOOL,
          "double", Type.TYPE_DOUBLE,
          "float", Type.TYPE_FLOAT,
          "int32", Type.TYPE_INT32,
          "int64", Type.TYPE_INT64,
          "string", Type.TYPE_STRING,
          "uint32", Type.TYPE_UINT32);

  private static final FileDescriptor FILE = file();

  /** A whole network. */
  static final Descriptor NET = FILE.findMessageTypeByName("NetParameter");

  /** An array of numbers. */
  static final Descriptor BLOB = FILE.findMessageTypeByName("BlobProto");

  static final FieldDescriptor DATA = BLOB.findFieldByName("data");
  static final FieldDescriptor DOUBLE_DATA = BLOB.findFieldByName("double_data");

  private CaffeSchema() {}

  private static FileDescriptor file() {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName("caffe");
    DescriptorProto.Builder message = null;
    EnumDescriptorProto.Builder values = null;
    for (String line : MESSAGES.lines().toList()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "message" -> message = file.addMessageTypeBuilder().setName(words[1]);
        case "enum" -> values = file.addEnumTypeBuilder().setName(words[1]);
        case "optional" -> message.addField(field(Label.LABEL_OPTIONAL, words));
        case "repeated" -> message.addField(field(Label.LABEL_REPEATED, words));
        default -> values.addValueBuilder().setName(words[0]).setNumber(Integer.parseInt(words[1]));
      }
    }
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static FieldDescriptorProto.Builder field(Label label, String[] words) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setLabel(label)
            .setName(words[2])
            .setNumber(Integer.parseInt(words[3]));
    Type scalar = SCALARS.get(words[1]);
    return scalar == null ? field.setTypeName("." + words[1]) : field.setType(scalar);
  }
}
