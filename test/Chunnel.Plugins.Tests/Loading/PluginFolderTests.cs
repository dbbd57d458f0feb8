using System.Runtime.Loader;
using Chunnel.Core;
using Chunnel.Plugins.Tests.Samples;

namespace Chunnel.Plugins.Tests.Loading;

public sealed class PluginFolderTests
{
    private const string SampleAssembly = "Chunnel.Samples.Countdown.dll";

    [Fact]
    public void Looking_names_the_plug_ins_and_loads_nothing()
    {
        using var plugins = new TestFolder();
        Add(plugins, "acme", """{"assembly": "no-such-file.dll", "sources": ["A", "B"], "transforms": ["C"], "sinks": ["A"]}""");
        var found = PluginFolder.Look(plugins.Path);
        found.Problems.ShouldBeEmpty();
        found.Entries.Select(entry => (entry.Kind, entry.Name)).ShouldBe([(PluginKind.Source, "A"), (PluginKind.Source, "B"), (PluginKind.Transform, "C"), (PluginKind.Sink, "A")]);
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_plug_ins()
    {
        var found = PluginFolder.Look("/no/such/folder");
        found.Entries.ShouldBeEmpty();
        found.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_plug_in_lives_in_a_context_of_its_own_and_shares_the_contract()
    {
        var plugin = Sample.Get<SourcePlugin>(PluginKind.Source, "Countdown");
        var context = AssemblyLoadContext.GetLoadContext(plugin.GetType().Assembly)!;
        context.ShouldNotBe(AssemblyLoadContext.Default);
        context.Name.ShouldBe("plugin Chunnel.Samples.Countdown");
        context.Assemblies.Select(assembly => assembly.GetName().Name).ShouldBe(["Chunnel.Samples.Countdown"]);
        plugin.Name.ShouldBe("Countdown");
    }

    [Fact]
    public void Two_copies_of_one_plug_in_do_not_meet() =>
        Sample.Get<SourcePlugin>(PluginKind.Source, "Countdown").GetType().ShouldNotBe(Sample.Get<SourcePlugin>(PluginKind.Source, "Countdown").GetType());

    [Fact]
    public void The_registry_makes_it_on_first_use_whatever_the_case_of_its_name()
    {
        using var plugins = new TestFolder();
        Sample.CopyTo(Path.Combine(plugins.Path, "countdown"));
        var registry = new PluginRegistry([], PluginFolder.Look(plugins.Path).Entries);
        registry.Get<SourcePlugin>(PluginKind.Source, "COUNTDOWN", TextPosition.Nowhere).Summary.ShouldBe("Counts from a number down to 1.");
        registry.Has(PluginKind.Sink, "JsonFolder").ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, "has no plugin.json")]
    [InlineData("{", "")]
    [InlineData("[]", "The manifest is not an object.")]
    [InlineData("{\"sources\": [\"A\"]}", "The manifest names no assembly.")]
    [InlineData("{\"assembly\": \"a.dll\"}", "The manifest names no plug-in.")]
    [InlineData("{\"assembly\": \"../a.dll\", \"sources\": [\"A\"]}", "is not a file's name")]
    public void A_folder_that_is_no_plug_in_is_one_warning_and_the_others_work(string? manifest, string text)
    {
        using var plugins = new TestFolder();
        Add(plugins, "broken", manifest);
        Sample.CopyTo(Path.Combine(plugins.Path, "countdown"));
        var found = PluginFolder.Look(plugins.Path);
        var problem = found.Problems.ShouldHaveSingleItem();
        problem.Severity.ShouldBe(Severity.Warning);
        problem.ToString().ShouldContain(text);
        problem.ToString().ShouldContain("broken");
        found.Entries.Count.ShouldBe(2);
        found.Entries[0].Make().Name.ShouldBe("Countdown");
    }

    [Fact]
    public void A_name_that_is_taken_is_left_out_with_a_warning()
    {
        using var plugins = new TestFolder();
        Add(plugins, "a", """{"assembly": "a.dll", "sources": ["X"]}""");
        Add(plugins, "b", """{"assembly": "b.dll", "sources": ["x", "Y"]}""");
        var found = PluginFolder.Look(plugins.Path);
        found.Entries.Select(entry => entry.Name).ShouldBe(["X", "Y"]);
        found.Problems.ShouldHaveSingleItem().What.ShouldContain("another plug-in has the name");
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_one_clear_error() =>
        ErrorOf("no-such-file.dll", _ => { }).ShouldBe(
            "ErrorCode:[API-06], ErrorDescription:[Factory initialize failed] - The plug-in in 'FOLDER' cannot be used: the assembly 'no-such-file.dll' is not there. Copy it beside plugin.json, with what it needs.");

    [Fact]
    public void A_file_that_is_no_assembly_is_one_clear_error() =>
        ErrorOf("text.dll", folder => File.WriteAllText(Path.Combine(folder, "text.dll"), "no code here")).ShouldMatch("cannot be used: BadImageFormatException.* The file is no .NET assembly, or one for another platform\\.$");

    [Fact]
    public void An_assembly_without_the_attribute_is_one_clear_error() =>
        ErrorOf("plain.dll", folder => File.Copy(typeof(CsCheck.Gen).Assembly.Location, Path.Combine(folder, "plain.dll"))).ShouldContain("the assembly does not say which type lists its plug-ins. Add [assembly: ChunnelPlugins(typeof(...))].");

    [Fact]
    public void A_name_that_the_catalog_does_not_have_is_one_clear_error() =>
        ErrorOf(SampleAssembly, folder => File.Copy(Path.Combine(Sample.Folder, SampleAssembly), Path.Combine(folder, SampleAssembly))).ShouldContain("its manifest lists the source 'Broken', which its catalog does not have. Correct plugin.json, or the catalog's entries.");

    private static string ErrorOf(string assembly, Action<string> fill)
    {
        using var plugins = new TestFolder();
        var folder = Add(plugins, "broken", $$"""{"assembly": "{{assembly}}", "sources": ["Broken"]}""");
        fill(folder);
        var registry = new PluginRegistry([], PluginFolder.Look(plugins.Path).Entries);
        // The same error each time, not a second one about the first.
        var first = Should.Throw<ChunnelException>(() => registry.Get<SourcePlugin>(PluginKind.Source, "Broken", TextPosition.Nowhere)).Message;
        Should.Throw<ChunnelException>(() => registry.Get<SourcePlugin>(PluginKind.Source, "Broken", TextPosition.Nowhere)).Message.ShouldBe(first);
        return first.Replace(folder, "FOLDER", StringComparison.Ordinal);
    }

    private static string Add(TestFolder plugins, string name, string? manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(plugins.Path, name)).FullName;
        if (manifest is not null) File.WriteAllText(Path.Combine(folder, "plugin.json"), manifest);
        return folder;
    }
}
