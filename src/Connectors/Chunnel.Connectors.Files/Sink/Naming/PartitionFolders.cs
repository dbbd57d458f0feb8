namespace Chunnel.Connectors.Files;

/// <summary>Names the folder of a row from the values of its partition columns.</summary>
internal sealed class PartitionFolders(IReadOnlyList<string> columns, string expression)
{
    private readonly string _expression = expression.Length == 0 || expression == FileSinkOptions.PartitionDirExpression.DefaultValue
        ? string.Join('/', columns.Select((_, i) => $"${{k{i}}}=${{v{i}}}"))
        : expression.Trim('/');

    /// <summary>The folder below the target; null values have Hive's name for them.</summary>
    public string NameOf(ReadOnlySpan<string?> values)
    {
        var name = _expression;
        for (var i = 0; i < columns.Count; i++) name = name.Replace($"${{k{i}}}", PartitionPath.Escape(columns[i]), StringComparison.Ordinal);
        var parts = name.Split("${v");
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf('}', StringComparison.Ordinal);
            parts[i] = end > 0 && int.TryParse(parts[i].AsSpan(0, end), out var column) && column < values.Length
                ? PartitionPath.Escape(values[column]) + parts[i][(end + 1)..]
                : "${v" + parts[i];
        }
        return string.Concat(parts);
    }
}
