namespace Chunnel.Core;

/// <summary>Where a table lives: database and schema may be absent. Its text joins the parts that are there by dots.</summary>
public sealed record TablePath(string? Database, string? Schema, string Table)
{
    /// <summary>The path of a table that nobody named.</summary>
    public static readonly TablePath Default = new("default", "default", "default");

    /// <summary>Reads <c>table</c>, <c>database.table</c> (or <c>schema.table</c>) or <c>database.schema.table</c> (spec config.md 12.4).</summary>
    /// <exception cref="ChunnelException">More than three parts.</exception>
    public static TablePath Parse(string text, bool schemaFirst = false)
    {
        var parts = text.Split('.');
        return parts.Length switch
        {
            1 => new TablePath(null, null, parts[0]),
            2 when schemaFirst => new TablePath(null, parts[0], parts[1]),
            2 => new TablePath(parts[0], null, parts[1]),
            3 => new TablePath(parts[0], parts[1], parts[2]),
            _ => throw new ChunnelException(CommonErrors.ConfigValidateFailed, $"Cannot get split '{text}' to get databaseName and tableName")
            {
                Mend = "A table path has at most three parts: database.schema.table.",
            },
        };
    }

    public override string ToString() => string.Join('.', new[] { Database, Schema, Table }.Where(part => !string.IsNullOrEmpty(part)));
}
