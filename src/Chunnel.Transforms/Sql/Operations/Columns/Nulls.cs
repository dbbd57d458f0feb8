using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Operations.Columns;

/// <summary>Columns of nothing but nulls.</summary>
internal static class Nulls
{
    /// <summary>So many nulls from a fresh builder, which is done with afterwards.</summary>
    public static Column Column(ColumnBuilder builder, int rows)
    {
        using (builder)
        {
            for (var row = 0; row < rows; row++) builder.AppendNullAt(row);
            return builder.Build(rows);
        }
    }

    /// <summary>One null of a type, in memory that nobody counts.</summary>
    public static Column One(DataType type) => Column(ColumnBuilder.For(type, Constants.Memory, 1), 1);
}
