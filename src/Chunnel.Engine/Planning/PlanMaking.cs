using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>Makes the plug-ins of a plan and gathers everything that goes wrong on the way, so that all of it is told at once.</summary>
internal sealed class PlanMaking(PluginRegistry plugins, TimeProvider clock, JobDefinition job, long jobId, SecretValues secrets, StandIns standIns) : IAsyncDisposable
{
    private const string Sharding = "SHARDING";

    // What a plug-in does not know as a mistake of the job may be better in a moment: the system behind it is down, perhaps.
    private static readonly ErrorCode _notNow = CommonErrors.FactoryInitFailed with { Blame = Blame.World, Retry = Retry.Later };

    private readonly List<Problem> _problems = [];
    private readonly List<IAsyncDisposable> _made = [];
    private readonly List<string> _said = [];
    private readonly FanInCheck _fanIns = new();

    public IReadOnlyList<string> Said => _said;

    /// <summary>SeaTunnel's name for a sink's vertex: all tables behind one vertex, or the first table's where several inputs meet.</summary>
    public static string SinkNameOf(PlanTree tree, GraphNode sink) =>
        sink.Inputs.Count > 1 ? $"{sink.Block.ActionName}-{sink.Block.Inputs[0]}" : $"{sink.Block.ActionName}-MultiTableSink";

    public async Task<PipelinePlan> MakeAsync(int id, PlanTree tree, DagPart part, CancellationToken stop)
    {
        var source = await MakeSourceAsync(tree.Source.Block, stop);
        var steps = new Dictionary<GraphNode, TransformStep?>();
        var sinks = new List<SinkPath>();
        var shared = tree.SharedTransforms;
        var tablesOf = new Dictionary<long, IReadOnlyList<string>>();
        foreach (var path in tree.Paths)
        {
            var tables = source?.Tables;
            foreach (var node in path.Take(path.Count - 1))
            {
                if (tables is not null && !steps.ContainsKey(node)) Tell(_fanIns.Look(node, tables));
                if (!steps.TryGetValue(node, out var step)) steps[node] = step = tables is null ? null : await MakeTransformAsync(node.Block, part.VertexOf(node).Name, tables, stop);
                tables = step?.Tables;
            }
            if (tables is null) continue;
            Tell(_fanIns.Look(path[^1], tables));
            var vertex = part.VertexOf(path[^1]);
            var made = await MakeSinksAsync(path[^1], tables, stop);
            if (made is null) continue;
            tablesOf[vertex.Id] = [.. tables.Select(table => table.TableId)];
            sinks.Add(new SinkPath
            {
                Vertex = vertex.Name,
                Transforms = [.. path.Skip(shared).Take(path.Count - 1 - shared).Select(node => steps[node]!)],
                Sinks = made,
                Replicas = CommonOptions.MultiTableSinkReplica.Read(path[^1].Block.Options),
                HasAggregatedCommitter = await TryAsync(path[^1].Block, async () => (object)await HasCommitterAsync(made.Values)) is true,
                Refused = job.Env.DeadLetters.PolicyOf(path[^1].Block),
            });
        }
        var letters = SetsAside(tree) ? await MakeDeadLettersAsync(id, job.Env.DeadLetters.Sink!, stop) : null;
        if (source is not null && job.Env.Mode == JobMode.Batch && !source.IsBounded)
        {
            _problems.Add(new Problem(CommonErrors.ConfigValidateFailed, $"'{tree.Source.Block.PluginName}' source don't support off-line job.")
            {
                Where = tree.Source.Block.Where,
                Mend = "Set env.job.mode = \"STREAMING\".",
            });
        }
        ThrowIfWrong();
        return new PipelinePlan
        {
            Id = id,
            Source = source!,
            SourceVertex = part.Vertices.First(vertex => vertex.Type == "source").Name,
            Parallelism = Math.Clamp(tree.Source.Block.Parallelism ?? job.Env.Parallelism, 1, JobPlanner.MostParallelism),
            Head = [.. tree.Paths[0].Take(shared).Select(node => steps[node]!)],
            Sinks = sinks,
            SourceRefused = job.Env.DeadLetters.PolicyOf(tree.Source.Block),
            DeadLetters = letters,
            Vertices = [.. part.Vertices.Select(vertex => new DagVertex(vertex.Id, vertex.Type, vertex.Name, vertex.Type switch
            {
                "source" => [.. source!.Tables.Select(table => table.TableId)],
                "sink" => tablesOf[vertex.Id],
                _ => [],
            }))],
            Edges = part.Edges,
            Guarantee = Guarantee.Of(source!, tree.Source.Block.PluginName, sinks.Concat(letters is null ? [] : [letters]).SelectMany(path => path.Sinks.Values.Select(sink => (path.Vertex, sink)))),
        };
    }

    public void ThrowIfWrong()
    {
        if (_problems.Count > 0) throw new ProblemsException(_problems);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var plugin in _made) await plugin.DisposeAsync();
    }

    private async Task<ISource?> MakeSourceAsync(PluginBlock block, CancellationToken stop)
    {
        var plugin = standIns.Source(block) ?? plugins.Get<SourcePlugin>(PluginKind.Source, block.PluginName, block.Where);
        var source = await TryAsync(block, () => plugin.CreateAsync(new SourceContext
        {
            Settings = block.Options,
            Mode = job.Env.Mode,
            Clock = clock,
            JobId = jobId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            OutputName = block.Output,
            MayRefuseRows = job.Env.DeadLetters.PolicyOf(block) != RefusedRows.Fail,
            Say = _said.Add,
        }, stop));
        if (source is null) return null;
        _made.Add(source);
        return CommonOptions.DagParsingMode.Read(block.Options) == Sharding && source.Tables.Count > 1 ? Sharded(source, block) : source;
    }

    private ShardedSource? Sharded(ISource source, PluginBlock block)
    {
        if (ShardedSource.Wrong(source.Tables, CommonOptions.DagParsingMode.Find(block.Options)!.Value.Where) is not { } wrong) return new ShardedSource(source);
        _problems.Add(wrong);
        return null;
    }

    private async Task<TransformStep?> MakeTransformAsync(PluginBlock block, string vertex, IReadOnlyList<TableSchema> tables, CancellationToken stop)
    {
        var plugin = plugins.Get<TransformPlugin>(PluginKind.Transform, block.PluginName, block.Where);
        var context = new TransformContext { Settings = block.Options, Mode = job.Env.Mode, Clock = clock, Tables = tables, OutputName = block.Output, SqlFunctions = plugins.SqlFunctions };
        // What it has to say it says now, not once more in each subtask.
        var transform = await TryAsync(block, () => plugin.CreateAsync(context with { Say = _said.Add }, stop));
        if (transform is null) return null;
        await using (transform)
        {
            return new TransformStep(block.ActionName, vertex, plugin, context, transform.Tables)
            {
                IsBuiltIn = plugins.IsBuiltIn(PluginKind.Transform, block.PluginName),
                Refused = job.Env.DeadLetters.PolicyOf(block),
            };
        }
    }

    /// <summary>Whether some step on the tree's ways sets refused rows aside.</summary>
    private bool SetsAside(PlanTree tree) =>
        tree.Paths.SelectMany(path => path).Prepend(tree.Source).Any(node => job.Env.DeadLetters.PolicyOf(node.Block) == RefusedRows.DeadLetter);

    private async Task<SinkPath?> MakeDeadLettersAsync(int pipeline, PluginBlock block, CancellationToken stop)
    {
        var made = await MakeSinksAsync(block, [DeadLetterTable.Schema], [DeadLetterTable.Name], stop);
        return made is null ? null : new SinkPath
        {
            Vertex = $"pipeline-{pipeline} [DeadLetters-{block.PluginName}]",
            Transforms = [],
            Sinks = made,
            Replicas = CommonOptions.MultiTableSinkReplica.Read(block.Options),
            HasAggregatedCommitter = await TryAsync(block, async () => (object)await HasCommitterAsync(made.Values)) is true,
        };
    }

    // Where several inputs meet, this path knows only its own part of the tables.
    private Task<IReadOnlyDictionary<string, ISink>?> MakeSinksAsync(GraphNode node, IReadOnlyList<TableSchema> tables, CancellationToken stop) =>
        MakeSinksAsync(node.Block, tables, node.Inputs.Count > 1 ? null : [.. tables.Select(table => table.TableId)], stop);

    private async Task<IReadOnlyDictionary<string, ISink>?> MakeSinksAsync(PluginBlock block, IReadOnlyList<TableSchema> tables, string[]? all, CancellationToken stop)
    {
        var plugin = standIns.Sink(block) ?? plugins.Get<SinkPlugin>(PluginKind.Sink, block.PluginName, block.Where);
        var sinks = new Dictionary<string, ISink>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var settings = TablePlaceholders.Apply(block.Options, table, plugin.KeysWithoutPlaceholders);
            var sink = await TryAsync(block, () => plugin.CreateAsync(new SinkContext
            {
                Settings = settings,
                Mode = job.Env.Mode,
                Clock = clock,
                JobId = jobId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Table = table,
                TablesOfBlock = all,
            }, stop));
            if (sink is null) return null;
            _made.Add(sink);
            sinks[table.TableId] = sink;
        }
        return sinks;
    }

    private void Tell(Problem? problem)
    {
        if (problem is not null) _problems.Add(problem);
    }

    private static async Task<bool> HasCommitterAsync(IEnumerable<ISink> sinks)
    {
        foreach (var sink in sinks)
        {
            if (sink.CreateAggregatedCommitter() is not { } committer) continue;
            await committer.DisposeAsync();
            return true;
        }
        return false;
    }

    private async Task<T?> TryAsync<T>(PluginBlock block, Func<ValueTask<T>> make) where T : class
    {
        try
        {
            return await make();
        }
        catch (ProblemsException several)
        {
            _problems.AddRange(several.Problems.Select(problem => AtBlock(problem, block)));
        }
        catch (ChunnelException wrong)
        {
            _problems.Add(AtBlock(wrong.ToProblem(), block));
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or OutOfMemoryException))
        {
            _problems.Add(AtBlock(new Problem(_notNow, $"{block.PluginName} could not be made: {fault.GetType().Name}: {fault.Message}"), block));
        }
        return null;
    }

    private Problem AtBlock(Problem problem, PluginBlock block) => secrets.Hide(problem.Where.Line == 0 ? problem with { Where = block.Where } : problem);
}
