using System.Numerics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Programs;

/// <summary>
/// What a program works on while it runs over one batch: the registers, which rows count, and the rows that failed. One frame serves a
/// program for all its batches, so that nothing is allocated per row.
/// </summary>
internal sealed class Frame(int registers)
{
    private readonly Column?[] _registers = new Column?[registers];
    private ulong[] _active = [];
    private ulong[] _mask = [];
    private ulong[] _failed = [];
    private bool _catching;
    private bool _caught;

    /// <summary>Rows of every column in a register.</summary>
    public int Rows { get; private set; }

    public BatchMemory Memory { get; private set; } = null!;

    /// <summary>What time it is; the job's clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The rows that failed in this batch, in the batch's own numbers.</summary>
    public List<RowError> Errors { get; } = [];

    /// <summary>Words of bits for all rows.</summary>
    public int Words => Bits.Words(Rows);

    /// <summary>Set where the row counts; bits behind the last row are clear.</summary>
    public Span<ulong> Active => _active.AsSpan(0, Words);

    public Column this[int register] => _registers[register]!;

    /// <summary>Begins with all rows of the batch, or those of its selection.</summary>
    public void Begin(ColumnBatch batch)
    {
        Begin(batch.Rows, batch.Memory);
        if (!batch.HasSelection) return;
        Active.Clear();
        foreach (var row in batch.Selection) Bits.Set(Active, row);
    }

    public void Begin(int rows, BatchMemory memory)
    {
        Rows = rows;
        Memory = memory;
        Errors.Clear();
        if (_active.Length < Words)
        {
            _active = new ulong[Words];
            _mask = new ulong[Words];
        }
        Bits.FillOnes(Active, rows);
    }

    /// <summary>Goes on with fewer rows, of which all count: their columns have been put into the registers.</summary>
    public void Narrow(int rows)
    {
        Rows = rows;
        Bits.FillOnes(Active, rows);
    }

    public bool Has(int register) => _registers[register] is not null;

    /// <summary>Puts a column into a register, which then holds it.</summary>
    public void Set(int register, Column column) => _registers[register] = column;

    public void Release(int register)
    {
        _registers[register]?.Release();
        _registers[register] = null;
    }

    public void ReleaseAll()
    {
        for (var register = 0; register < _registers.Length; register++) Release(register);
    }

    /// <summary>The rows that an operation which can fail has to do: those that count, that the guard lets through and whose arguments are not null.</summary>
    public ReadOnlySpan<ulong> RowsToDo(Operand? guard, Column a, Column? b = null, Column? c = null)
    {
        var mask = MaskOf(guard);
        And(mask, a.Validity);
        if (b is not null) And(mask, b.Validity);
        if (c is not null) And(mask, c.Validity);
        return mask;
    }

    /// <summary>The same for any number of arguments.</summary>
    public ReadOnlySpan<ulong> RowsToDo(Operand? guard, IReadOnlyList<Operand> arguments)
    {
        var mask = MaskOf(guard);
        for (var i = 0; i < arguments.Count; i++) And(mask, arguments[i].Of(this).Validity);
        return mask;
    }

    /// <summary>True for a row that counts and that the guard lets through.</summary>
    public bool MustDo(int row, Operand? guard) =>
        Bits.Get(Active, row) && (guard?.Of(this) is not BoolColumn passes || (Bits.Get(passes.Values, row) && !passes.IsNull(row)));

    /// <summary>The rows of the last <see cref="RowsToDo(Operand?, Column, Column?, Column?)"/> whose further argument is not null either.</summary>
    public ReadOnlySpan<ulong> RowsToDoAlso(Column argument)
    {
        var mask = _mask.AsSpan(0, Words);
        And(mask, argument.Validity);
        return mask;
    }

    /// <summary>Runs an operation whose failures do not count. Returns the rows that failed; empty when none did.</summary>
    public ReadOnlySpan<ulong> Catch(Operation operation)
    {
        if (_failed.Length < Words) _failed = new ulong[Words];
        _catching = true;
        _caught = false;
        _failed.AsSpan(0, Words).Clear();
        operation.Run(this);
        _catching = false;
        return _caught ? _failed.AsSpan(0, Words) : [];
    }

    /// <summary>Takes a row out of those that count and notes why.</summary>
    public void Fail(int row, Syntax where, string why, ChunnelException? cause = null)
    {
        if (_catching)
        {
            Bits.Set(_failed, row);
            _caught = true;
            return;
        }
        Bits.Clear(Active, row);
        Errors.Add(new RowError(row, where, why, cause));
    }

    /// <summary>Leaves those rows that a condition is true for. Returns how many.</summary>
    public int Keep(BoolColumn condition)
    {
        And(Active, condition.Values);
        And(Active, condition.Validity);
        return CountActive();
    }

    public int CountActive()
    {
        var count = 0;
        foreach (var word in Active) count += BitOperations.PopCount(word);
        return count;
    }

    private Span<ulong> MaskOf(Operand? guard)
    {
        var mask = _mask.AsSpan(0, Words);
        Active.CopyTo(mask);
        if (guard is not null)
        {
            var passes = (BoolColumn)guard.Of(this);
            And(mask, passes.Values);
            And(mask, passes.Validity);
        }
        return mask;
    }

    private static void And(Span<ulong> mask, ReadOnlySpan<ulong> bits)
    {
        if (bits.IsEmpty) return;
        for (var word = 0; word < mask.Length; word++) mask[word] &= bits[word];
    }
}

/// <summary>Why a row failed, in which expression, and what a plug-in threw for it if one did.</summary>
internal readonly record struct RowError(int Row, Syntax Where, string Why, ChunnelException? Cause = null);
