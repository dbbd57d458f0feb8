namespace Chunnel.Core;

/// <summary>Types as SeaTunnel prints them: <c>STRING</c>, <c>Decimal(20, 4)</c>, <c>ARRAY&lt;INT&gt;</c>, <c>Map&lt;STRING, INT&gt;</c>, <c>ROW&lt;a INT,b STRING&gt;</c>.</summary>
public static class SeaTunnelTypeText
{
    public static string ToSeaTunnelText(this DataType type) => type switch
    {
        DecimalType { Precision: var precision, Scale: var scale } => $"Decimal({precision}, {scale})",
        ArrayType array => $"ARRAY<{array.Element.ToSeaTunnelText()}>",
        MapType map => $"Map<{map.Key.ToSeaTunnelText()}, {map.Value.ToSeaTunnelText()}>",
        RowType row => $"ROW<{string.Join(',', row.Fields.Select(field => $"{field.Name} {field.Type.ToSeaTunnelText()}"))}>",
        _ => type.ToString().ToUpperInvariant(),
    };

    /// <summary>The columns of a table in one line: <c>id&lt;BIGINT&gt;, name&lt;STRING&gt;</c>.</summary>
    public static string ToSeaTunnelText(this TableSchema schema) =>
        string.Join(", ", schema.Columns.Select(column => $"{column.Name}<{column.Type.ToSeaTunnelText()}>"));
}
