using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Truth, in its usual spelling.</summary>
internal sealed unsafe class BoolReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    // "true" and "fals" as little-endian words.
    private const uint True = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private const uint Fals = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;

    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var values = ((BoolBuilder)to).Values;
        for (var row = 0; row < fields.Rows; row++)
        {
            var place = fields[row];
            var text = bytes + place.Start;
            var word = Unsafe.ReadUnaligned<uint>(text);
            if (place.Length == 4 && word == True) Bits.Set(values, row);
            else if (place.Length != 5 || word != Fals || text[4] != 'e') context.Read(bytes, place, to, row, this);
        }
    }
}
