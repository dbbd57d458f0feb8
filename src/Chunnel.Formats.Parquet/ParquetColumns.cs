using Chunnel.Core;
using Chunnel.Formats.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;
using ParquetSharp.Schema;
using Types = Apache.Arrow.Types;

namespace Chunnel.Formats.Parquet;

/// <summary>The columns of a file: Arrow's view of them, Parquet's own, and the leaves that each is made of.</summary>
internal sealed class ParquetColumns
{
    /// <summary>A column being read takes a page, its dictionary and what is decoded of it; pages are mostly of 1 MiB.</summary>
    private const long MostBytesPerLeaf = 2 << 20;

    /// <summary>Width of a timestamp of Parquet's first days.</summary>
    private const int Int96Bytes = 12;

    private readonly FileReader _file;
    private readonly string _name;
    private readonly Apache.Arrow.Schema _schema;
    private readonly Dictionary<string, List<int>> _leaves = new(StringComparer.Ordinal);

    public ParquetColumns(FileReader file, string name)
    {
        _file = file;
        _name = name;
        _schema = file.Schema;
        var parquet = file.ParquetReader.FileMetaData.Schema;
        for (var i = 0; i < parquet.NumColumns; i++)
        {
            var top = parquet.Column(i).Path.ToDotVector()[0];
            if (!_leaves.TryGetValue(top, out var leaves)) _leaves.Add(top, leaves = []);
            leaves.Add(i);
        }
    }

    /// <summary>A table of all columns.</summary>
    public TableSchema Discover() => new(TablePath.Default, [.. _schema.FieldsList.Select(Define)]) { CatalogName = "parquet" };

    /// <summary>Leaf columns, rising, that hold the wanted columns.</summary>
    public int[] LeavesOf(TableSchema wanted)
    {
        var all = _schema.FieldsList.Select(field => field.Name).ToList();
        return [.. wanted.Columns.SelectMany(column => _leaves.TryGetValue(column.Name, out var leaves) ? leaves : throw ParquetErrors.NoColumn(_name, column.Name, all)).Distinct().Order()];
    }

    /// <summary>An estimate of what reading the leaves of a row group takes outside our blocks.</summary>
    public long NativeBytes(int rowGroup, int[] leaves)
    {
        using var group = _file.ParquetReader.RowGroup(rowGroup);
        long bytes = 0;
        foreach (var leaf in leaves)
        {
            using var chunk = group.MetaData.GetColumnChunkMetaData(leaf);
            bytes += Math.Min(MostBytesPerLeaf, chunk.TotalUncompressedSize);
        }
        return bytes;
    }

    private ColumnDef Define(Apache.Arrow.Field field)
    {
        var type = Refine(field) ?? ArrowTypes.FromArrow(field.DataType) ?? throw ParquetErrors.NoType(_name, field.Name, ArrowTypes.NameOf(field.DataType));
        return new ColumnDef(field.Name, type)
        {
            Nullable = field.IsNullable,
            Scale = field.DataType switch
            {
                Types.TimestampType { Unit: Types.TimeUnit.Nanosecond } => 9,
                Types.TimestampType { Unit: Types.TimeUnit.Millisecond } => 3,
                Types.TimestampType => 6,
                _ => null,
            },
        };
    }

    /// <summary>What Parquet says and Arrow does not: enumerations are text, and twelve bare bytes a timestamp of old (spec connectors.md 6.3).</summary>
    private DataType? Refine(Apache.Arrow.Field field)
    {
        if (field.DataType is not (Types.BinaryType or Types.FixedSizeBinaryType) || !_leaves.TryGetValue(field.Name, out var leaves)) return null;
        var leaf = _file.ParquetReader.FileMetaData.Schema.Column(leaves[0]);
        if (field.DataType is Types.FixedSizeBinaryType { ByteWidth: Int96Bytes }) return leaf.LogicalType is NoneLogicalType ? DataType.Timestamp : null;
        return leaf.LogicalType is EnumLogicalType or JsonLogicalType ? DataType.String : null;
    }
}
