namespace Chunnel.Transforms.JsonPath;

/// <summary>What to do about a value that fails (spec transforms.md 1.4).</summary>
public enum ColumnErrorWay
{
    /// <summary>The job fails.</summary>
    Fail,

    /// <summary>The value is null.</summary>
    Skip,

    /// <summary>The row is left out.</summary>
    SkipRow,
}
