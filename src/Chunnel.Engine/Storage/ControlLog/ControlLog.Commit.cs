using Chunnel.Core;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

public sealed partial class ControlLog
{
    private readonly List<Entry> _together = [];
    private long _epoch;
    private long _tail;
    private long _bytes;
    private long _begun;
    private long _committed;

    /// <summary>The one loop that writes. It ends when the log is closed, when somebody else is the master, or when the log is damaged.</summary>
    private async Task RunAsync()
    {
        ChunnelException why = new LogClosedException(_protocol.Store.Medium.Place);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_stopping.Token))
            {
                await LingerAsync();
                await CommitAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            var unsure = new OutcomeUnknownException($"The control log at {_protocol.Store.Medium.Place} was closed while storage did not answer. {Trouble?.Reason}");
            foreach (var entry in _together) entry.Fail(unsure);
        }
        catch (ChunnelException fault)
        {
            why = fault;
            _log.LogEnded(_protocol.Store.Medium.Place, fault.Message);
        }
        catch (Exception fault)
        {
            why = new ChunnelException(CommonErrors.Internal, fault.Message, fault);
            _log.LogEnded(_protocol.Store.Medium.Place, fault.ToString());
        }
        _ended.TrySetResult(why);
        _waiting.Writer.TryComplete();
        foreach (var entry in _together) entry.Fail(why);
        while (_waiting.Reader.TryRead(out var late)) late.Fail(why);
    }

    /// <summary>The first append after a rest goes out at once; on a busy log a commit waits a little for company.</summary>
    private async ValueTask LingerAsync()
    {
        var wait = _settings.Linger - _clock.GetElapsedTime(_committed);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, _clock, _stopping.Token);
    }

    /// <summary>Writes what has gathered as one segment.</summary>
    private async ValueTask CommitAsync()
    {
        long bytes = 0;
        while (bytes < _settings.CommitBytes && _waiting.Reader.TryPeek(out var next) && (_together.Count == 0 || Fits(next, bytes)))
        {
            _waiting.Reader.TryRead(out _);
            _together.Add(next);
            bytes += next.Bytes;
            if (next.Records is null) break;
        }
        if (_together is [{ Records: null }]) await RollAsync();
        else await WriteAsync(bytes);
        foreach (var entry in _together) entry.Complete();
        _together.Clear();
        _committed = _clock.GetTimestamp();
        if (IsFull) await RollAsync();
    }

    private bool Fits(Entry next, long bytes) => next.Records is not null && bytes + next.Bytes <= _settings.MostBytes;

    private async ValueTask WriteAsync(long bytes)
    {
        var records = _together.Count == 1 ? _together[0].Records! : [.. _together.SelectMany(entry => entry.Records!)];
        var segment = new LogSegment(SegmentKind.Data, _writer, _epoch, _tail + 1, records);
        var outcome = await _protocol.Store.PutAsync(LogKeys.Segment(_epoch, _tail + 1), segment, _stopping.Token);
        if (!outcome.IsMine) throw Fenced();
        _tail++;
        _bytes += bytes;
        foreach (var record in records) _state.Apply(record);
    }

    private bool IsFull => _bytes >= _settings.RollBytes || _tail > _settings.RollCommits || (_tail > 1 && _clock.GetElapsedTime(_begun) >= _settings.RollAge);

    private async ValueTask RollAsync()
    {
        if (!await _protocol.RollAsync(_epoch, _tail, _writer, _state, _stopping.Token)) throw Fenced();
        Volatile.Write(ref _epoch, _epoch + 1);
        (_tail, _bytes, _begun) = (1, 0, _clock.GetTimestamp());
        CleanBehind();
    }

    private FencedException Fenced() => new($"Another node has opened the control log at {_protocol.Store.Medium.Place}, which ends epoch {_epoch} after segment {_tail}.")
    {
        Mend = "This node stops deciding and joins that one.",
    };

    /// <summary>Cleans up behind a new epoch, one cleaning at a time; what is not done now is done at the next.</summary>
    private void CleanBehind()
    {
        if (_cleaning.IsCompleted) _cleaning = CleanAsync(_epoch);
    }

    private async Task CleanAsync(long epoch)
    {
        try
        {
            await _protocol.CleanAsync(epoch, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next master does it.
        }
        catch (Exception fault)
        {
            _log.LogNotCleaned(_protocol.Store.Medium.Place, fault.Message);
        }
    }
}
