using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>A column that the file does not have.</summary>
internal sealed unsafe class NullReader(int column, ColumnDef definition) : FieldReader(-1, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        for (var row = 0; row < grid.Rows; row++) ValueParser.Null(to, row);
    }
}
