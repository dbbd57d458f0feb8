using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>
/// Writes rows into files in a temporary folder. A checkpoint closes them and hands the moves to the committer; without transactions the
/// writer moves them itself, never over another file.
/// </summary>
internal sealed partial class FileWriter : ISinkWriter
{
    // Files open at a time; beyond it the one unused the longest is closed, and its folder gets another one when rows come again. A parquet
    // file keeps a row group in memory.
    private const int MostOpenFiles = 128;
    private const int MostOpenParquetFiles = 32;

    private readonly FileSinkSettings _settings;
    private readonly IFileStore _store;
    private readonly WriterContext _context;
    private readonly IReadOnlyList<FileWriterState> _states;
    private readonly FileTransactions _transactions;
    private readonly FileNames _names;
    private readonly Dictionary<string, OpenFile> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nextNumbers = new(StringComparer.Ordinal);
    private readonly List<OpenFile> _closed = [];
    private FileSinkColumns _columns;
    private PartitionRouter? _router;
    private FileCommitInfo? _prepared;
    private long _preparedFor;
    private long _number;
    private long _uses;
    private bool _hasFiles;

    public FileWriter(FileSinkSettings settings, FileSinkColumns columns, IFileStore store, string jobId, WriterContext context, IReadOnlyList<FileWriterState> states)
    {
        _settings = settings;
        _store = store;
        _context = context;
        _states = states;
        _columns = columns;
        _number = states.Count > 0 ? states.Max(state => state.NextTransaction) : 1;
        _hasFiles = states.Any(state => state.HasFiles);
        _transactions = new FileTransactions(settings.TmpPath, jobId, FileTransactions.NewPrefix(context, columns.Incoming.TableId.ToString(), Guid.NewGuid()), context.Subtask);
        _names = new FileNames(settings.NameExpression, settings.NameTime, settings.Suffix, !settings.SingleFile, context.Clock, Guid.NewGuid);
        _router = Router();
    }

    private string TransactionId => _transactions.IdOf(_number);

    private string TransactionFolder => _transactions.FolderOf(TransactionId);

    /// <summary>After a restore: commits what the checkpoint covers, and drops what was written after it.</summary>
    public async ValueTask OpenAsync(CancellationToken stop)
    {
        foreach (var state in _states)
        {
            if (state.Prepared is { } prepared) await FileCommits.CommitAsync(_store, prepared, stop);
            var prefixFolder = FilePaths.Join(_transactions.JobFolder, state.Prefix);
            foreach (var id in await _store.FolderNamesAsync(prefixFolder, stop))
            {
                if (FileTransactions.NumberOf(id) >= state.NextTransaction) await FileCommits.RemoveFolderAsync(_store, FilePaths.Join(prefixFolder, id), stop);
            }
        }
    }

    public async ValueTask WriteAsync(ColumnBatch batch, CancellationToken stop)
    {
        using (batch)
        {
            if (!ReferenceEquals(batch.Schema, _columns.Incoming)) await AdoptAsync(batch.Schema, stop);
            if (batch.Selected == 0) return;
            using var written = _columns.Project(batch);
            _incoming = batch;
            if (_router is null)
            {
                await WriteAsync("", written, stop);
                return;
            }
            foreach (var route in _router.Sort(batch))
            {
                using var part = BatchParts.Chosen(written, route.Rows);
                await WriteAsync(route.Folder, part, stop);
            }
        }
    }

    public async ValueTask EndOfInputAsync(CancellationToken stop)
    {
        if (_settings.EmptyFile && !_hasFiles && _context.Subtask == 0) await BeginAsync("", stop);
    }

    public async ValueTask<byte[]?> PrepareCommitAsync(long checkpointId, CancellationToken stop)
    {
        foreach (var file in _open.Values.ToList()) await CloseAsync(file, stop);
        (_prepared, _preparedFor) = (null, checkpointId);
        if (_closed.Count > 0)
        {
            if (_settings.Transaction) _prepared = new FileCommitInfo(TransactionId, TransactionFolder, [.. _closed.Select(file => new FileMove(file.Path, TargetOf(file, file.Number)))]);
            else await PlaceAsync(stop);
        }
        _closed.Clear();
        // The next transaction's id makes its names new; without transactions the numbers do.
        if (_settings.Transaction) _nextNumbers.Clear();
        _number = Math.Max(_number, checkpointId) is var last and < long.MaxValue ? last + 1 : long.MaxValue;
        return _prepared?.ToBytes();
    }

    public ValueTask<IReadOnlyList<byte[]>> SnapshotAsync(long checkpointId, CancellationToken stop) =>
        new([new FileWriterState(_transactions.Prefix, _number, _hasFiles, _prepared).ToBytes()]);

    public async ValueTask AbortPrepareAsync(long checkpointId, CancellationToken stop)
    {
        if (_prepared is not { } prepared || _preparedFor != checkpointId) return;
        _prepared = null;
        await FileCommits.RemoveFolderAsync(_store, prepared.Folder, stop);
    }

    public async ValueTask DisposeAsync()
    {
        var unfinished = _open.Count > 0 || _closed.Count > 0;
        foreach (var file in _open.Values) await file.File.DisposeAsync();
        _open.Clear();
        if (unfinished) await FileCommits.RemoveFolderAsync(_store, TransactionFolder, CancellationToken.None);
    }

    private async ValueTask WriteAsync(string folder, ColumnBatch rows, CancellationToken stop)
    {
        for (var from = 0; from < rows.Selected;)
        {
            var file = _open.TryGetValue(folder, out var known) ? known : await BeginAsync(folder, stop);
            file.LastUse = ++_uses;
            var count = (int)Math.Min(rows.Selected - from, _settings.RowsOfFile - file.Rows);
            try
            {
                if (count == rows.Selected)
                {
                    file.Rows += await WriteWhatFitsAsync(file.File, rows, stop);
                }
                else
                {
                    using var part = BatchParts.Part(rows, from, count);
                    file.Rows += await WriteWhatFitsAsync(file.File, part, stop);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw NotWritten(file, fault);
            }
            from += count;
            if (file.Rows >= _settings.RowsOfFile) await CloseAsync(file, stop);
        }
    }

    private async ValueTask<OpenFile> BeginAsync(string folder, CancellationToken stop)
    {
        if (_open.Count >= (_settings.Format == FileFormat.Parquet ? MostOpenParquetFiles : MostOpenFiles)) await CloseAsync(_open.Values.MinBy(file => file.LastUse)!, stop);
        var number = _nextNumbers.GetValueOrDefault(folder);
        _nextNumbers[folder] = number + 1;
        var stem = _names.Stem(TransactionId);
        var path = FilePaths.Join(TransactionFolder, folder.Length == 0 ? FileTransactions.NoPartition : folder, _names.Name(stem, number));
        var upload = await _store.CreateAsync(path, stop);
        var file = new OpenFile(RowFiles.Begin(upload, _columns.Written, _settings, _context), path, folder, stem, number);
        _open.Add(folder, file);
        _hasFiles = true;
        return file;
    }

    private async ValueTask CloseAsync(OpenFile file, CancellationToken stop)
    {
        try
        {
            await file.File.CompleteAsync(stop);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(file, fault);
        }
        await file.File.DisposeAsync();
        _open.Remove(file.Folder);
        _closed.Add(file);
    }

    private ChunnelException NotWritten(OpenFile file, Exception fault) =>
        new(CommonErrors.FileOperationFailed(_store.Connector, "write", file.Path), fault.Message, fault) { Mend = "Check that the disk has room and can be written; then start the job again from its checkpoint." };

    private string TargetOf(OpenFile file, int number) => FilePaths.Join(_settings.Path, file.Folder, _names.Name(file.Stem, number));

    /// <summary>Without transactions: gives the files their places now. A taken name gets the next free number.</summary>
    private async ValueTask PlaceAsync(CancellationToken stop)
    {
        foreach (var file in _closed)
        {
            var number = file.Number;
            while (!await _store.MoveIfAbsentAsync(file.Path, TargetOf(file, number), stop)) number++;
            _nextNumbers[file.Folder] = Math.Max(_nextNumbers[file.Folder], number + 1);
        }
        await _store.SettleAsync([.. _closed.Select(file => FilePaths.FolderOf(TargetOf(file, 0))).Distinct()], stop);
        await FileCommits.RemoveFolderAsync(_store, TransactionFolder, stop);
        await FileCommits.RemoveStraysAsync(_store, TransactionFolder, stop);
    }

    /// <summary>The table has changed: what follows goes into new files.</summary>
    private async ValueTask AdoptAsync(TableSchema schema, CancellationToken stop)
    {
        var columns = new FileSinkColumns(schema, _settings);
        if (!columns.Written.HasSameRows(_columns.Written))
        {
            foreach (var file in _open.Values.ToList()) await CloseAsync(file, stop);
        }
        _columns = columns;
        _router = Router();
    }

    private PartitionRouter? Router() =>
        _settings.PartitionBy.Count == 0 ? null : new PartitionRouter(_columns, new PartitionFolders(_settings.PartitionBy, _settings.PartitionDirExpression));
}
