using System.Text;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// The loop that row formats share on their way out: every column's writer fills its lane, the weaver makes rows of them. The row delimiter
/// stands between rows, none behind the last.
/// </summary>
internal sealed class RowEncoder
{
    private readonly LaneWriter[] _writers;
    private readonly TextLane[] _lanes;
    private readonly RowWeaver _weaver;
    private readonly byte[] _rowDelimiter;
    private readonly bool _fast;
    private readonly bool _isBare; // a row of one empty field has no byte
    private readonly Encoding? _encoding;
    private readonly ByteWriter? _utf8;
    private bool _hasRows;
    private bool _lastIsEmpty;

    /// <param name="writers">One a column.</param>
    /// <param name="before">The bytes before each field.</param>
    /// <param name="after">The bytes behind the last field.</param>
    /// <param name="rowDelimiter">Between rows.</param>
    /// <param name="encoding">What the file is written in.</param>
    /// <param name="fast">Whether to take the clever loops.</param>
    public RowEncoder(LaneWriter[] writers, IReadOnlyList<byte[]> before, byte[] after, byte[] rowDelimiter, Encoding encoding, bool fast)
    {
        _writers = writers;
        _lanes = [.. writers.Select(_ => new TextLane())];
        _weaver = new RowWeaver(before, [.. after, .. rowDelimiter]);
        _rowDelimiter = rowDelimiter;
        _fast = fast;
        _isBare = after.Length == 0;
        if (TextEncodings.IsUtf8(encoding)) return;
        _encoding = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback);
        _utf8 = new ByteWriter();
    }

    /// <summary>A new file begins, perhaps with a line of its own.</summary>
    public void Begin(ByteWriter to, ReadOnlySpan<byte> line = default)
    {
        _hasRows = !line.IsEmpty;
        _lastIsEmpty = false;
        if (line.IsEmpty) return;
        if (_utf8 is null)
        {
            to.Append(line);
            return;
        }
        _utf8.Clear();
        _utf8.Append(line);
        Transcode(to);
    }

    /// <summary>The last row ends with the file, unless it is empty: then only a delimiter shows that it is there.</summary>
    public void End(ByteWriter to)
    {
        if (_lastIsEmpty) to.Append(_rowDelimiter);
        _lastIsEmpty = false;
    }

    public void Write(ColumnBatch batch, ByteWriter to)
    {
        Belief.Holds(batch.ColumnCount == _writers.Length, "a batch has the columns that its encoder was made for");
        if (batch.Selected == 0) return;
        for (var i = 0; i < _writers.Length; i++)
            _writers[i].Write(new LaneRows(batch[i], batch.Selection, batch.Selected), _lanes[i]);
        var before = (_hasRows, _lastIsEmpty);
        _lastIsEmpty = _isBare && _lanes is [var only] && only[batch.Selected - 1].IsEmpty;
        if (_utf8 is null)
        {
            Weave(batch.Selected, to);
            return;
        }
        _utf8.Clear();
        Weave(batch.Selected, _utf8);
        try
        {
            Transcode(to);
        }
        catch
        {
            // Nothing was written: whoever has other rows may go on with them.
            (_hasRows, _lastIsEmpty) = before;
            throw;
        }
    }

    private void Weave(int rows, ByteWriter to)
    {
        if (_hasRows) to.Append(_rowDelimiter);
        _hasRows = true;
        if (_fast) _weaver.Weave(_lanes, rows, to);
        else _weaver.WeavePlainly(_lanes, rows, to);
        to.Truncate(to.Length - _rowDelimiter.Length);
    }

    private void Transcode(ByteWriter to)
    {
        var chars = System.Buffers.ArrayPool<char>.Shared.Rent(_utf8!.Length);
        try
        {
            var text = chars.AsSpan(0, Encoding.UTF8.GetChars(_utf8.Written, chars));
            var space = to.Space(_encoding!.GetMaxByteCount(text.Length));
            to.Advance(_encoding.GetBytes(text, space));
        }
        catch (EncoderFallbackException e)
        {
            throw new UnwritableRowException($"The encoding {_encoding!.WebName} has no '{e.CharUnknown}' (U+{(int)e.CharUnknown:X4}).", e)
            {
                Mend = "Write the file in UTF-8, or take such characters out.",
            };
        }
        finally
        {
            System.Buffers.ArrayPool<char>.Shared.Return(chars);
        }
    }
}
