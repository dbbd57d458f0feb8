using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>Assert: fails the job when its rows or its table are not as told.</summary>
internal sealed class AssertPlugin : SinkPlugin
{
    public override string Name => "Assert";

    public override string Summary => "Checks rows, their number and their table against rules, and fails the job when one is broken.";

    public override OptionSet Options => AssertOptions.All;

    public override IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        var problems = new List<Problem>(base.Check(settings));
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return problems;
        try
        {
            AssertRules.Read(settings);
        }
        catch (ChunnelException wrong)
        {
            problems.AddRange(wrong.ToProblems());
        }
        return problems;
    }

    public override ValueTask<ISink> CreateAsync(SinkContext context, CancellationToken stop)
    {
        var rules = AssertRules.Read(context.Settings);
        var own = rules.Of(context.Table.TableId);
        own.Table?.Check(context.Table);
        return new(new AssertSink(context.Table, own, rules.TableNames, context.TablesOfBlock));
    }
}
