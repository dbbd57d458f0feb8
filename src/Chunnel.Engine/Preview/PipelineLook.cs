using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Looks at one pipeline: reads the first rows and takes them through the transforms, keeping what comes out of each.</summary>
internal sealed class PipelineLook : IAsyncDisposable
{
    /// <summary>Where one table gives many rows before another gives its first, reading ends after so many times what was asked for.</summary>
    private const int MostTimes = 100;

    private readonly PipelinePlan _pipeline;
    private readonly PreviewSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SecretValues _secrets;
    private readonly BatchMemory _memory = BatchMemory.Unlimited();
    private readonly StepPreview _source;
    private readonly List<StepPreview> _steps = [];
    private readonly LookNode _head;
    private readonly Dictionary<string, int> _rows;
    private bool _leftRows;
    private int _disposed;

    public PipelineLook(PipelinePlan pipeline, JobPlan plan, PreviewSettings settings, TimeProvider clock)
    {
        (_pipeline, _settings, _clock, _secrets) = (pipeline, settings, clock, plan.Secrets);
        var job = plan.Definition;
        _source = Add(BlockOf(job.Sources, pipeline.SourceVertex), isSink: false, pipeline.Source.Tables);
        _rows = pipeline.Source.Tables.ToDictionary(table => table.TableId, _ => 0, StringComparer.Ordinal);
        _head = new LookNode(_source, null);
        var end = _head;
        foreach (var step in pipeline.Head) end = end.Then(Add(BlockOf(job.Transforms, step.ActionName), isSink: false, step.Tables), step);
        foreach (var path in pipeline.Sinks)
        {
            var node = end;
            foreach (var step in path.Transforms)
            {
                // Ways that share a transform and divide behind it share its node.
                node = node.Next.Find(known => ReferenceEquals(known.Step, step)) ?? node.Then(Add(BlockOf(job.Transforms, step.ActionName), isSink: false, step.Tables), step);
            }
            node.Then(Add(BlockOf(job.Sinks, path.Vertex), isSink: true, [.. path.Sinks.Values.Select(sink => sink.Table)]), null);
        }
    }

    public async Task<PipelinePreview> RunAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = _clock.CreateTimer(_ => limit.Cancel(), null, _settings.Timeout, Timeout.InfiniteTimeSpan);
        var looking = LookAsync(limit.Token);
        using var waiting = new CancellationTokenSource();
        // A source that does not hear must not keep a person from what was seen.
        var ended = await Task.WhenAny(looking, Task.Delay(_settings.Timeout + _settings.Grace, _clock, waiting.Token));
        await waiting.CancelAsync();
        if (ended != looking) return Seen(PreviewEnd.Hanging);
        try
        {
            return Seen(await looking);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Seen(stop.IsCancellationRequested ? PreviewEnd.Stopped : PreviewEnd.TimeOver);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Seen(PreviewEnd.Failed, fault is ChunnelException known ? known.ToProblem() : new Problem(EngineErrors.PreviewFailed, $"{fault.GetType().Name}: {fault.Message}"));
        }
    }

    private PipelinePreview Seen(PreviewEnd end, Problem? fault = null) => new(_pipeline.Id, _steps, end, fault is null ? null : _secrets.Hide(fault));

    private async Task<PreviewEnd> LookAsync(CancellationToken stop)
    {
        // Off the caller's thread: what blocks it blocks no more than itself.
        await Task.Yield();
        try
        {
            await _head.OpenAsync(_memory, _clock, stop);
            await using var session = new SourceSession(_pipeline.Source, _memory, _clock, Math.Clamp(_settings.Rows, 1, ColumnBatch.AimRows), row => _source.Note($"left out {row.Place}: {row.Reason}"), NotedRefusals.Of(_source.Note, _pipeline.SourceRefused));
            var most = (long)_settings.Rows * Math.Max(_rows.Count, MostTimes);
            for (long read = 0; read < most && !IsEnough;)
            {
                if (await session.NextAsync(stop) is not { } next) return _leftRows ? PreviewEnd.Enough : PreviewEnd.EndOfInput;
                if (next.Batch is { } batch)
                {
                    read += batch.Selected;
                    if (Cut(batch) is { } some) await _head.GiveAsync(some, stop);
                    continue;
                }
                _head.Change(next.Change!);
                session.ChangeTaken();
            }
            return PreviewEnd.Enough;
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Gives the transforms back; once.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, 1) == 0 ? _head.DisposeAsync() : ValueTask.CompletedTask;

    private bool IsEnough => _rows.Values.All(count => count >= _settings.Rows);

    /// <summary>As many of a batch's rows as are still wanted of its table; null for none.</summary>
    private ColumnBatch? Cut(ColumnBatch batch)
    {
        var table = batch.Schema.TableId;
        var left = _settings.Rows - _rows.GetValueOrDefault(table);
        batch = batch.Compact();
        var taken = Math.Min(left, batch.Rows);
        _rows[table] = _settings.Rows - left + taken;
        if (taken == batch.Rows) return batch;
        _leftRows = true;
        using (batch) return taken == 0 ? null : batch.Slice(0, taken);
    }

    private StepPreview Add(PluginBlock block, bool isSink, IReadOnlyList<TableSchema> tables)
    {
        var step = new StepPreview(block.ActionName, block.PluginName, block.Output, isSink);
        step.Declare(tables);
        _steps.Add(step);
        return step;
    }

    private static PluginBlock BlockOf(IEnumerable<PluginBlock> blocks, string vertex) => blocks.First(block => vertex.Contains(block.ActionName, StringComparison.Ordinal));
}
