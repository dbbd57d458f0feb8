using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Server;

/// <summary>Stands where DynamicCompile would on a node that runs no code out of jobs.</summary>
internal sealed class ScriptsSwitchedOff : TransformPlugin
{
    public const string PluginName = "DynamicCompile";

    public override string Name => PluginName;

    public override string Summary => "Switched off on this node.";

    public override OptionSet Options => new([]);

    public override IReadOnlyList<Problem> Check(SettingsObject settings) => [Refusal(settings)];

    public override ValueTask<ITransform> CreateAsync(TransformContext context, CancellationToken stop) => throw new ProblemsException([Refusal(context.Settings)]);

    private static Problem Refusal(SettingsObject settings) => new(CommonErrors.UnsupportedOperation, $"{PluginName} runs code out of jobs, and this node does not do that.")
    {
        Where = settings.Where, Mend = "Who runs the node decides it: seatunnel.engine.dynamic-compile.enabled in seatunnel.yaml.",
    };
}
