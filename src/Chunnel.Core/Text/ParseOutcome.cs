namespace Chunnel.Core;

/// <summary>How the reading of a value from text went.</summary>
public enum ParseOutcome : byte
{
    /// <summary>The value is exactly what the text says.</summary>
    Exact,

    /// <summary>Digits behind the type's last place were rounded, half away from zero.</summary>
    Rounded,

    /// <summary>The text is well formed, but the value does not fit the type.</summary>
    OutOfRange,

    /// <summary>The text is no such value.</summary>
    Malformed,
}
