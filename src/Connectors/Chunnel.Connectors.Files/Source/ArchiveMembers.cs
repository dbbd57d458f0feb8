using System.Formats.Tar;
using System.IO.Compression;
using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>Goes through the files within an archive, in its order. Folders, empty members and those with names that no reader takes are passed over.</summary>
internal abstract class ArchiveMembers : IAsyncDisposable
{
    /// <summary>The archive over a stream, which it takes over.</summary>
    public static ArchiveMembers Open(ArchiveKind kind, Stream file, string path) => kind switch
    {
        ArchiveKind.Zip => new Zip(file, path),
        ArchiveKind.Tar => new Tar(file, path),
        ArchiveKind.TarGz => new Tar(new GZipStream(file, CompressionMode.Decompress), path),
        _ => new Gz(file, path),
    };

    /// <summary>The next member: its name and bytes, valid until the next call. Null at the end.</summary>
    public abstract ValueTask<(string Name, Stream Bytes)?> NextAsync(CancellationToken stop);

    public abstract ValueTask DisposeAsync();

    private static bool IsRead(string name, long bytes)
    {
        var plain = name.Replace('\\', '/');
        return bytes > 0 && !plain.EndsWith('/') && FilePaths.NameOf(plain) is not "_SUCCESS" && !plain.Split('/').Any(part => part is ['.', not '.', ..] || part == "__MACOSX");
    }

    private static ChunnelException Broken(string path, string kind, Exception error) =>
        new(FormatErrors.BadFile, $"The archive '{path}' cannot be read as {kind}. {error.Message}", error) { Mend = "Check 'archive_compress_codec', and that the file is whole." };

    private sealed class Zip(Stream file, string path) : ArchiveMembers
    {
        private ZipArchive? _archive;
        private Stream? _open;
        private int _next;

        public override async ValueTask<(string Name, Stream Bytes)?> NextAsync(CancellationToken stop)
        {
            try
            {
                _archive ??= await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, stop);
                if (_open is not null) await _open.DisposeAsync();
                while (_next < _archive.Entries.Count)
                {
                    var entry = _archive.Entries[_next++];
                    if (!IsRead(entry.FullName, entry.Length)) continue;
                    _open = await entry.OpenAsync(stop);
                    return ($"{path}!{entry.FullName}", _open);
                }
                return null;
            }
            catch (InvalidDataException error)
            {
                throw Broken(path, "ZIP", error);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            if (_open is not null) await _open.DisposeAsync();
            if (_archive is not null) await _archive.DisposeAsync();
            await file.DisposeAsync();
        }
    }

    private sealed class Tar(Stream file, string path) : ArchiveMembers
    {
        private readonly TarReader _reader = new(file, leaveOpen: true);

        public override async ValueTask<(string Name, Stream Bytes)?> NextAsync(CancellationToken stop)
        {
            try
            {
                while (await _reader.GetNextEntryAsync(copyData: false, stop) is { } entry)
                {
                    var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile;
                    if (isFile && entry.DataStream is { } bytes && IsRead(entry.Name, entry.Length)) return ($"{path}!{entry.Name}", bytes);
                }
                return null;
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException)
            {
                throw Broken(path, "TAR", error);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await _reader.DisposeAsync();
            await file.DisposeAsync();
        }
    }

    private sealed class Gz(Stream file, string path) : ArchiveMembers
    {
        private Stream? _open;

        public override ValueTask<(string Name, Stream Bytes)?> NextAsync(CancellationToken stop)
        {
            if (_open is not null) return new((ValueTuple<string, Stream>?)null);
            _open = new GZipStream(file, CompressionMode.Decompress);
            return new((path, _open));
        }

        public override async ValueTask DisposeAsync()
        {
            if (_open is not null) await _open.DisposeAsync();
            await file.DisposeAsync();
        }
    }
}
