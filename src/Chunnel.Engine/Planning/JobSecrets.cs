using Chunnel.Config;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Engine;

/// <summary>What must not be told of a job: by the names that are always secret, by <c>shade.options</c>, and by what the plug-ins say of their options.</summary>
public static class JobSecrets
{
    public static SecretValues Of(JobDefinition job, PluginRegistry plugins) => SecretValues.Of(
    [
        (job.Root, job.Env.ShadeOptions),
        .. job.Blocks.Select(block => (block.Options, (IReadOnlyCollection<string>)[.. job.Env.ShadeOptions, .. SecretKeysOf(block, plugins)])),
    ]);

    private static IEnumerable<string> SecretKeysOf(PluginBlock block, PluginRegistry plugins)
    {
        try
        {
            return plugins.Find(block.Kind, block.PluginName)?.Options.Options.Where(option => option.Secret).SelectMany(option => option.OldKeys.Append(option.Key)) ?? [];
        }
        catch (ChunnelException)
        {
            // A plug-in that cannot be loaded is told of by whoever wants to run it.
            return [];
        }
    }
}
