using System.Numerics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Whole numbers.</summary>
internal sealed unsafe class IntReader<T>(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
    where T : unmanaged, IBinaryInteger<T>
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var values = ((FixedBuilder<T>)to).Values;
        for (var row = 0; row < fields.Rows; row++)
        {
            var place = fields[row];
            if (FastParse.TryLong(bytes + place.Start, place.Length, out var value) && long.CreateTruncating(T.CreateTruncating(value)) == value)
                values[row] = T.CreateTruncating(value);
            else
                context.Read(bytes, place, to, row, this);
        }
    }
}
