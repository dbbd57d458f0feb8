namespace Chunnel.Core;

/// <summary>One column of a table: its name and type, and what catalogs want to know of it.</summary>
public sealed record ColumnDef(string Name, DataType Type)
{
    public bool Nullable { get; init; } = true;

    /// <summary>Length in characters or bytes as the source declares it; null when it does not.</summary>
    public long? Length { get; init; }

    /// <summary>Digits after the point (or of the second) as the source declares it; null when it does not.</summary>
    public int? Scale { get; init; }

    public string? Default { get; init; }

    public string? Comment { get; init; }

    /// <summary>The type's name in the source system, when the column comes from one.</summary>
    public string? SourceType { get; init; }

    /// <summary>The type's name in the table that a sink makes, word for word; null when the sink chooses.</summary>
    public string? SinkType { get; init; }
}
