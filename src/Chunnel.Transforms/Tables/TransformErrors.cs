using Chunnel.Core;

namespace Chunnel.Transforms.Tables;

/// <summary>Codes of transforms, with SeaTunnel's numbers and words (spec transforms.md 1.5).</summary>
internal static class TransformErrors
{
    public static ErrorCode FieldNotFound(string field, string transform) =>
        new("TRANSFORM_COMMON-01", $"The input field '{field}' of '{transform}' transform not found in upstream schema");

    public static ErrorCode FieldsNotFound(IEnumerable<string> fields, string transform) =>
        new("TRANSFORM_COMMON-02", $"The input fields '{string.Join(',', fields)}' of '{transform}' transform not found in upstream schema");
}
