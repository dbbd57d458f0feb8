using Chunnel.Core;

namespace Chunnel.Plugins.Tests.Loading;

public sealed class PluginRegistryTests
{
    private static readonly PluginRegistry Registry = new(
    [
        new PluginEntry(PluginKind.Source, "FakeSource", () => throw new InvalidOperationException("made too early")),
        new PluginEntry(PluginKind.Sink, "Console", () => throw new InvalidOperationException("made too early")),
    ]);

    [Theory]
    [InlineData("FakeSource")]
    [InlineData("fakesource")]
    [InlineData("FAKESOURCE")]
    [Trait("spec", "engine.md 11; config.md 5")]
    public void A_name_is_found_in_any_case(string name) => Registry.Has(PluginKind.Source, name).ShouldBeTrue();

    [Theory]
    [InlineData("replace", true)]
    [InlineData("MASK", false)]
    [InlineData("Nothing", false)]
    public void It_knows_who_registered_a_plug_in(string name, bool builtIn)
    {
        var registry = new PluginRegistry([Entry("Replace", "ours")], [Entry("Mask", "theirs"), Entry("REPLACE", "theirs")]);
        registry.IsBuiltIn(PluginKind.Transform, name).ShouldBe(builtIn);
        registry.IsBuiltIn(PluginKind.Sink, name).ShouldBeFalse("of another kind");
    }

    [Fact]
    public void A_folder_takes_no_name_of_a_built_in()
    {
        var registry = new PluginRegistry([Entry("Replace", "ours")], [Entry("REPLACE", "theirs"), Entry("Mask", "theirs")]);
        registry.Names.ShouldBe([(PluginKind.Transform, "Replace"), (PluginKind.Transform, "Mask")]);
        Should.Throw<NotSupportedException>(() => registry.Find(PluginKind.Transform, "replace")).Message.ShouldBe("ours");
    }

    [Theory]
    [InlineData(PluginKind.Source, "FakeSorce", "Unable to create a source for identifier 'FakeSorce'.", "Did you mean 'FakeSource'? Known: FakeSource.")]
    [InlineData(PluginKind.Sink, "FakeSource", "Unable to create a sink for identifier 'FakeSource'.", "Known: Console.")]
    [Trait("spec", "engine.md 37; connectors.md 1.6; config.md 6.4")]
    public void An_unknown_name_is_told_with_those_that_are_known(PluginKind kind, string name, string what, string mend)
    {
        var where = new TextPosition("job.conf", 3, 5);
        var error = Should.Throw<ChunnelException>(() => Registry.Get<PluginDefinition>(kind, name, where));
        error.What.ShouldStartWith(what);
        error.Mend.ShouldBe(mend);
        error.Where.ShouldBe(where);
    }

    /// <summary>An entry that tells by its error that it was asked.</summary>
    private static PluginEntry Entry(string name, string whose) => new(PluginKind.Transform, name, () => throw new NotSupportedException(whose));
}
