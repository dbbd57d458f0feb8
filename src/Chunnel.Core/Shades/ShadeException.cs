namespace Chunnel.Core;

/// <summary>Why a value cannot be shaded or opened. The text never holds the value or the key.</summary>
public sealed class ShadeException(string what, string? mend = null) : Exception(what)
{
    /// <summary>What to do about it.</summary>
    public string? Mend { get; } = mend;
}
