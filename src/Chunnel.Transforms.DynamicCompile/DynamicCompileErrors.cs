using Chunnel.Core;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>The code of all failures of DynamicCompile (spec transforms.md 3.9).</summary>
internal static class DynamicCompileErrors
{
    public static readonly ErrorCode Failed = new("COMPILE_TRANSFORM_ERROR_CODE-01", "DynamicCompile error, please check the code");
}
