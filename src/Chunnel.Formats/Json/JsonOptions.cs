using System.Text;

namespace Chunnel.Formats;

/// <summary>How JSON rows are read and written (spec connectors.md 2.2).</summary>
public sealed record JsonOptions
{
    public static readonly JsonOptions Default = new();

    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>Writing: between rows.</summary>
    public string RowDelimiter { get; init; } = "\n";

    /// <summary>Bytes that are not of the encoding: refused, or replaced by U+FFFD.</summary>
    public bool ReplaceInvalidText { get; init; }

    /// <summary>Takes the clever loops; the plain ones read the same, more slowly.</summary>
    public bool Fast { get; init; } = true;
}
