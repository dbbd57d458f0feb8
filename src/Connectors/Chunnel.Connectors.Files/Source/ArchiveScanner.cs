using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Reads the members of an archive as files, one after the other.</summary>
internal sealed class ArchiveScanner(ArchiveMembers members, OpenMember open, FilePosition begin) : ISplitScanner
{
    private readonly FilePosition _start = begin;
    private ISplitScanner? _member;
    private int _number = -1;
    private long _roundedBefore;

    public FilePosition Position { get; private set; } = begin;

    public long RoundedValues => _roundedBefore + (_member?.RoundedValues ?? 0);

    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            if (_member is null && !await OpenNextAsync(stop)) return null;
            if (await _member!.ReadAsync(stop) is { } batch)
            {
                Position = _member.Position with { Member = _number };
                return batch;
            }
            _roundedBefore += _member.RoundedValues;
            await _member.DisposeAsync();
            _member = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_member is not null) await _member.DisposeAsync();
        await members.DisposeAsync();
    }

    private async ValueTask<bool> OpenNextAsync(CancellationToken stop)
    {
        while (await members.NextAsync(stop) is var (name, bytes))
        {
            _number++;
            if (_number < _start.Member) continue;
            _member = await open(bytes, name, _number == _start.Member ? _start : new FilePosition(_number), stop);
            return true;
        }
        return false;
    }
}

/// <summary>Opens one member of an archive to be read from a position on.</summary>
internal delegate ValueTask<ISplitScanner> OpenMember(Stream bytes, string name, FilePosition start, CancellationToken stop);
