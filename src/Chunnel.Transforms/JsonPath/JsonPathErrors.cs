using Chunnel.Core;

namespace Chunnel.Transforms.JsonPath;

/// <summary>Codes of JsonPath (spec transforms.md 3.8).</summary>
internal static class JsonPathErrors
{
    public static readonly ErrorCode ColumnsEmpty = new("JSONPATH_ERROR_CODE-01", "JsonPath transform columns can not be empty");
    public static readonly ErrorCode SourceWrong = new("JSONPATH_ERROR_CODE-02", "JsonPath transform src_field is empty or not in the schema");
    public static readonly ErrorCode PathEmpty = new("JSONPATH_ERROR_CODE-03", "JsonPath transform path can not be empty");
    public static readonly ErrorCode TargetEmpty = new("JSONPATH_ERROR_CODE-04", "JsonPath transform dest_field can not be empty");
    public static readonly ErrorCode PathFailed = new("JSONPATH_ERROR_CODE-05", "JsonPath transform path evaluation failed");
    public static readonly ErrorCode TypeWrong = new("JSONPATH_ERROR_CODE-06", "JsonPath transform dest_type is empty or invalid");
    public static readonly ErrorCode ConversionFailed = new("JSONPATH_ERROR_CODE-07", "JsonPath transform data conversion failed");
}
