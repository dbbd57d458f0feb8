using Chunnel.Core;

namespace Chunnel.Config.Graph;

/// <summary>Wires sources, transforms and sinks by the names of their data sets and says what does not fit (spec config.md 6).</summary>
internal sealed class GraphBuilder
{
    private readonly IReadOnlyList<PluginBlock> _sources;
    private readonly IReadOnlyList<PluginBlock> _transforms;
    private readonly IReadOnlyList<PluginBlock> _sinks;
    private readonly List<Problem> _problems;

    // Who makes the data set of that name; the first one where a name is taken twice.
    private readonly Dictionary<string, PluginBlock> _makers = [];

    private GraphBuilder(IReadOnlyList<PluginBlock> sources, IReadOnlyList<PluginBlock> transforms, IReadOnlyList<PluginBlock> sinks, List<Problem> problems)
    {
        _sources = sources;
        _transforms = transforms;
        _sinks = sinks;
        _problems = problems;
    }

    public static JobGraph Build(
        IReadOnlyList<PluginBlock> sources,
        IReadOnlyList<PluginBlock> transforms,
        IReadOnlyList<PluginBlock> sinks,
        List<Problem> problems)
    {
        var builder = new GraphBuilder(sources, transforms, sinks, problems);
        var isSimple = sources.Count == 1 && transforms.Count <= 1 && sinks.Count == 1;
        return isSimple ? builder.BuildRow() : builder.BuildNamed();
    }

    // The names decide nothing here; those that fit nowhere are only told.
    private JobGraph BuildRow()
    {
        PluginBlock[] row = [.. _sources, .. _transforms, .. _sinks];
        for (var i = 1; i < row.Length; i++) WarnOfWrongInput(row[i], row[i - 1]);
        return Wire(row, block => block.Kind == PluginKind.Source ? [] : [row[block.Kind == PluginKind.Sink ? row.Length - 2 : 0]]);
    }

    private void WarnOfWrongInput(PluginBlock block, PluginBlock before)
    {
        var made = before.Output ?? JobGraph.DefaultOutput;
        foreach (var input in block.Inputs.Where(input => input != made))
        {
            _problems.Add(NotFound(block, input, [made]) with
            {
                Severity = Severity.Warning,
                Mend = $"The job has one source and one sink, so {block.ActionName} reads the data of {before.ActionName} all the same.",
            });
        }
    }

    private JobGraph BuildNamed()
    {
        CheckOutputs(_sources);
        CheckOutputs(_transforms);
        CheckInputs();
        CheckUnused();
        PluginBlock[] sorted = [.. _sources, .. SortTransforms(), .. _sinks];
        return Wire(sorted, MakersOf);
    }

    private void CheckOutputs(IReadOnlyList<PluginBlock> blocks)
    {
        foreach (var block in blocks)
        {
            if (block.Output is not { } output)
            {
                Wrong(block.Where, $"The source/transform({block.PluginName}) is not configured with 'plugin_output' option", "Jobs with more than one source, transform or sink are wired by names: add plugin_output = \"...\".");
            }
            else if (!_makers.TryAdd(output, block))
            {
                Wrong(OutputPlace(block), $"The value of the 'plugin_output' option of the ({_makers[output].PluginName} and {block.PluginName}) plugins is both '{output}', and they must be different.", null);
            }
        }
    }

    private void CheckInputs()
    {
        foreach (var block in _transforms.Concat(_sinks))
        {
            if (block.Inputs.Count == 0)
            {
                Wrong(block.Where, $"The transform/sink({block.PluginName}) is not configured with 'plugin_input' option", $"Add plugin_input = \"...\" with one of: {string.Join(", ", _makers.Keys)}.");
            }
            foreach (var input in block.Inputs.Where(input => !_makers.ContainsKey(input))) _problems.Add(NotFound(block, input, _makers.Keys));
        }
    }

    private void CheckUnused()
    {
        var read = _transforms.Concat(_sinks).SelectMany(block => block.Inputs).ToHashSet();
        foreach (var (output, block) in _makers)
        {
            if (read.Contains(output)) continue;
            Wrong(
                OutputPlace(block),
                $"The 'plugin_output' option configured is incorrect, this table({output}) belonging to source/transform({block.PluginName}) is not used.",
                $"Let a transform or sink read it with plugin_input = \"{output}\", or remove {block.ActionName}.");
        }
    }

    // Those whose inputs are there come first; what remains reads in a circle.
    private List<PluginBlock> SortTransforms()
    {
        var sorted = new List<PluginBlock>(_transforms.Count);
        var waiting = _transforms.Select(block => MakersOf(block).Count(maker => maker.Kind == PluginKind.Transform)).ToArray();
        var readers = _transforms.SelectMany(reader => MakersOf(reader).Select(maker => (Maker: maker, Reader: reader)))
            .Where(pair => pair.Maker.Kind == PluginKind.Transform)
            .ToLookup(pair => pair.Maker.Index, pair => pair.Reader);
        var ready = new Queue<PluginBlock>(_transforms.Where(block => waiting[block.Index] == 0));
        while (ready.TryDequeue(out var block))
        {
            sorted.Add(block);
            foreach (var reader in readers[block.Index])
            {
                if (--waiting[reader.Index] == 0) ready.Enqueue(reader);
            }
        }
        if (sorted.Count == _transforms.Count) return sorted;
        var circle = _transforms.Where(block => waiting[block.Index] > 0).ToList();
        Wrong(circle[0].Where, $"These transforms read each other in a circle: {string.Join(", ", circle.Select(block => block.ActionName))}.", "Data flows one way: let one of them read a source.");
        return [.. sorted, .. circle];
    }

    private IReadOnlyList<PluginBlock> MakersOf(PluginBlock block) =>
        [.. block.Inputs.Where(_makers.ContainsKey).Select(input => _makers[input])];

    private static JobGraph Wire(PluginBlock[] blocks, Func<PluginBlock, IReadOnlyList<PluginBlock>> makersOf)
    {
        var ids = new Dictionary<PluginBlock, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < blocks.Length; i++) ids.Add(blocks[i], i);
        var inputs = blocks.Select(block => makersOf(block).Select(maker => ids[maker]).ToList()).ToList();
        var outputs = blocks.Select(_ => new List<int>()).ToList();
        for (var reader = 0; reader < blocks.Length; reader++)
        {
            foreach (var maker in inputs[reader]) outputs[maker].Add(reader);
        }
        return new JobGraph([.. blocks.Select((block, id) => new JobVertex
        {
            Id = id,
            Block = block,
            Output = block.Kind == PluginKind.Sink ? "" : block.Output ?? JobGraph.DefaultOutput,
            Inputs = inputs[id],
            Outputs = outputs[id],
        })]);
    }

    private static Problem NotFound(PluginBlock block, string input, IEnumerable<string> known) => new(
        CommonErrors.ConfigValidateFailed,
        $"The 'plugin_input' option configured in [{block.PluginName}] is incorrect, and the source/transform[{input}] is not found.")
    {
        Where = block.Options.Find(CommonKeys.PluginInput)?.Value.Where ?? block.Where,
        Mend = Nearest.DidYouMean(input, known) ?? (known.Any() ? $"There are: {string.Join(", ", known)}." : null),
    };

    private static TextPosition OutputPlace(PluginBlock block) => block.Options.Find(CommonKeys.PluginOutput)?.Value.Where ?? block.Where;

    private void Wrong(TextPosition where, string what, string? mend) =>
        _problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend });
}
