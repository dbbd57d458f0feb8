using System.Diagnostics;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// A window on a stream of bytes, in one block of the job's memory: rows that are not used yet move to the front, more is read behind them.
/// It grows only when a single row is larger. Behind the data stand readable bytes, so that vector loops may overrun.
/// </summary>
internal sealed class InputBuffer : IDisposable
{
    /// <summary>About what a batch of 4,096 rows takes, and half of a usual second-level cache.</summary>
    public const int UsualBytes = 512 << 10;

    /// <summary>The largest row: more is damage.</summary>
    private const int MostBytes = 256 << 20;

    private readonly Stream _stream;
    private readonly BatchMemory _memory;
    private readonly string _file;
    private Block _block;
    private bool _disposed;

    /// <param name="stream">Where bytes come from; the buffer never disposes it.</param>
    /// <param name="memory">Where the block comes from.</param>
    /// <param name="file">What to call the data in errors.</param>
    /// <param name="usualBytes">How much to read at once.</param>
    public InputBuffer(Stream stream, BatchMemory memory, string file, int usualBytes = UsualBytes)
    {
        _stream = stream;
        _memory = memory;
        _file = file;
        _block = memory.Rent(usualBytes);
        memory.Budget.Keep(_block.Length);
    }

    /// <summary>First byte that is not used yet, from the start of the block.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the last byte read.</summary>
    public int End { get; private set; }

    /// <summary>True when the stream has no more bytes than these.</summary>
    public bool IsLast { get; private set; }

    public int Length => End - Start;

    /// <summary>True when nothing more can be read without growing.</summary>
    public bool IsFull => Start == 0 && End == _block.Length;

    /// <summary>The unused bytes.</summary>
    public ReadOnlySpan<byte> Data => _block.GetSpan()[Start..End];

    /// <summary>The unused bytes in pinned memory, with slack behind them.</summary>
    public unsafe byte* Pointer => _block.Pointer + Start;

    /// <summary>Marks bytes as used.</summary>
    public void Use(int bytes)
    {
        Debug.Assert(bytes >= 0 && bytes <= Length, "only bytes that were read are used");
        Start += bytes;
    }

    /// <summary>Reads until the buffer is full or the stream ends. Grows first when it is full of unused bytes.</summary>
    /// <exception cref="ChunnelException">A row is larger than any that fits.</exception>
    public async ValueTask FillAsync(CancellationToken stop)
    {
        if (IsLast) return;
        MakeRoom();
        var memory = _block.Memory;
        while (End < memory.Length)
        {
            var read = await ReadAsync(memory[End..], stop);
            if (read == 0)
            {
                IsLast = true;
                return;
            }
            End += read;
        }
    }

    private async ValueTask<int> ReadAsync(Memory<byte> to, CancellationToken stop)
    {
        try
        {
            return await _stream.ReadAsync(to, stop);
        }
        catch (System.Text.DecoderFallbackException e)
        {
            throw new ChunnelException(FormatErrors.BadFile, $"{_file} holds bytes that are not of the encoding it is read with.", e)
            {
                Mend = "Set the option encoding to what the file was written in.",
            };
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new ChunnelException(FormatErrors.BadFile, $"The compressed data of {_file} is damaged or cut short: {e.Message}", e);
        }
    }

    private void MakeRoom()
    {
        if (Start > 0)
        {
            _block.GetSpan()[Start..End].CopyTo(_block.GetSpan());
            End -= Start;
            Start = 0;
        }
        if (End < _block.Length) return;
        if (_block.Length >= MostBytes)
        {
            throw new ChunnelException(FormatErrors.BadData, $"A row of {_file} takes more than {MostBytes >> 20} MiB.")
            {
                Mend = "Is a quote open, or is the row delimiter another one?",
            };
        }
        var larger = RentLarger();
        _block.GetSpan()[..End].CopyTo(larger.GetSpan());
        Release();
        _block = larger;
        _memory.Budget.Keep(larger.Length);
    }

    private Block RentLarger()
    {
        try
        {
            return _memory.Rent((int)Math.Min(2L * _block.Length, MostBytes));
        }
        catch (ChunnelException full) when (full.Code == CommonErrors.OutOfMemoryBudget)
        {
            throw new ChunnelException(full.Code, $"A row of {_file} takes more than {_block.Length >> 20} MiB, and there is no room for more of it: {full.What}", full)
            {
                Mend = "Is a quote open, or is the row delimiter another one? If such rows are meant, give the process more memory.",
            };
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Release();
    }

    private void Release()
    {
        _memory.Budget.LetGo(_block.Length);
        _block.Release();
    }
}
