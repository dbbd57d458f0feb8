using Chunnel.Core;
using Chunnel.Server;

namespace Chunnel.Rest.Tests;

/// <summary>What a process may use, and whose it is.</summary>
public sealed class InstalledPluginsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-installed-").FullName;

    [Fact]
    public void What_lies_in_a_folder_is_not_built_in()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_folder, "acme")).FullName;
        File.WriteAllText(Path.Combine(plugin, "plugin.json"), """{ "assembly": "acme.dll", "transforms": ["Acme", "Sql"] }""");
        var registry = InstalledPlugins.Look([_folder]).Registry;
        registry.Has(PluginKind.Transform, "Acme").ShouldBeTrue();
        registry.IsBuiltIn(PluginKind.Transform, "Acme").ShouldBeFalse();
        registry.Names.Where(name => name.Name != "Acme").ShouldAllBe(name => registry.IsBuiltIn(name.Kind, name.Name));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
