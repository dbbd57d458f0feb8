using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;

namespace Chunnel.Transforms.Sql.Programs;

/// <summary>What an operation reads: a register, or a constant. Constants stay single values; whoever needs a column of one gets it written out once.</summary>
internal sealed class Operand : IDisposable
{
    private readonly int _register;
    private Column? _written;
    private Column? _cut;

    private Operand(string id, DataType type, int register, Column? constant)
    {
        Id = id;
        Type = type;
        _register = register;
        Constant = constant;
    }

    public static Operand InRegister(int register, DataType type) => new($"r{register}", type, register, null);

    public static Operand OfConstant(string id, Column one) => new(id, one.Type, -1, one);

    /// <summary>Tells operands apart: equal operations on equal operands are done once.</summary>
    public string Id { get; }

    public DataType Type { get; }

    /// <summary>The register, or -1 for a constant.</summary>
    public int Register => _register;

    /// <summary>The value as a column of one row, if it is a constant.</summary>
    public Column? Constant { get; }

    /// <summary>The column for the frame's rows. It belongs to the frame or to the operand, not to the caller.</summary>
    public Column Of(Frame frame)
    {
        if (Constant is null) return frame[_register];
        if (_cut is { } cut && cut.Length == frame.Rows) return cut;
        _cut?.Release();
        if (_written is null || _written.Length < frame.Rows)
        {
            _written?.Release();
            _written = Constant.Take(new int[frame.Rows <= 1 ? 1 : Math.Max(frame.Rows, ColumnBatch.AimRows)], Constants.Memory);
        }
        _cut = _written.Slice(0, frame.Rows, Constants.Memory);
        return _cut;
    }

    /// <summary>Gives the written-out constant back.</summary>
    public void Dispose()
    {
        _cut?.Release();
        _written?.Release();
        _cut = null;
        _written = null;
    }
}
