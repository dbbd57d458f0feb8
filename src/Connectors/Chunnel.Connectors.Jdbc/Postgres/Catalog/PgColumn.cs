namespace Chunnel.Connectors.Jdbc;

/// <summary>A column as the catalog describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shown">The type as SQL writes it: the domain's name for a domain.</param>
/// <param name="Type">The name of the type below all domains.</param>
/// <param name="Mod">Length, or precision and scale; -1 for none.</param>
internal sealed record PgColumn(string Name, string Shown, string Type, int Mod)
{
    /// <summary>The element type's name of an array.</summary>
    public string? Element { get; init; }

    public uint ElementOid { get; init; }

    public bool IsEnum { get; init; }

    /// <summary>True for NOT NULL.</summary>
    public bool Filled { get; init; }

    public string? Default { get; init; }

    public string? Comment { get; init; }
}
