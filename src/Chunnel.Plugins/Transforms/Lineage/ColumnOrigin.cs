namespace Chunnel.Plugins;

/// <summary>How a column comes to be.</summary>
public enum OriginKind
{
    /// <summary>It is the column that came in, under its name.</summary>
    Copied,

    /// <summary>It is the column that came in, under another name.</summary>
    Renamed,

    /// <summary>It is computed, from columns or from nothing but time or chance.</summary>
    Computed,

    /// <summary>It is what is known of the row beside its values.</summary>
    Metadata,

    /// <summary>It is the same for all rows.</summary>
    Constant,

    /// <summary>The transform does not tell.</summary>
    Untold,
}

/// <summary>Where one column that comes out of a transform comes from.</summary>
public sealed record ColumnOrigin
{
    public required OriginKind Kind { get; init; }

    /// <summary>The columns that it is made of, each once a way of use.</summary>
    public IReadOnlyList<ColumnUse> Uses { get; init; } = [];

    /// <summary>How it is computed, or what is written; null where the value is that of the one column. No secret is in it.</summary>
    public string? Expression { get; init; }

    public static ColumnOrigin Untold { get; } = new() { Kind = OriginKind.Untold };

    /// <summary>The column itself.</summary>
    public static ColumnOrigin Of(string input, string output) =>
        new() { Kind = input == output ? OriginKind.Copied : OriginKind.Renamed, Uses = [new ColumnUse(input)] };

    /// <summary>Computed of the values of columns.</summary>
    public static ColumnOrigin Computed(string expression, params IReadOnlyList<string> columns) =>
        new() { Kind = OriginKind.Computed, Expression = expression, Uses = [.. columns.Select(column => new ColumnUse(column))] };

    public static ColumnOrigin Metadata(string key) => new() { Kind = OriginKind.Metadata, Expression = key };
}

/// <summary>A column as another one uses it.</summary>
/// <param name="Column">The column that comes in.</param>
/// <param name="Decides">It only decides which value the other one gets, as a condition of CASE does.</param>
/// <param name="Hidden">Nothing of its values can be read in the other one: encrypted, or a hash.</param>
public sealed record ColumnUse(string Column, bool Decides = false, bool Hidden = false);
