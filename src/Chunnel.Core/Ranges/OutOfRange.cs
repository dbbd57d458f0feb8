namespace Chunnel.Core;

/// <summary>What a sink does with a value that its target cannot hold. It never wraps (option <c>out_of_range</c>).</summary>
public enum OutOfRange
{
    /// <summary>Fail, naming the row.</summary>
    Fail,

    /// <summary>Write the nearest value that fits.</summary>
    Clamp,

    /// <summary>Write null.</summary>
    Null,
}
