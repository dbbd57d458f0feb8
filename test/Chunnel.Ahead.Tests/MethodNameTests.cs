using System.Collections.Immutable;
using System.Reflection;

namespace Chunnel.Ahead.Tests;

/// <summary>What is written of a method leads to it again.</summary>
public sealed class MethodNameTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly MethodSearch s_search = new([typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(ImmutableArray).Assembly, typeof(MethodNameTests).Assembly]);

    public static TheoryData<Type, string> Methods => new()
    {
        { typeof(List<int>), "Add" },
        { typeof(List<int>), ".ctor" },
        { typeof(Dictionary<string[], KeyValuePair<int, long[,]>>), "TryInsert" },
        { typeof(Dictionary<int, string>.Enumerator), "MoveNext" },
        { typeof(Dictionary<int, string>), "System.Collections.Generic.ICollection<System.Collections.Generic.KeyValuePair<TKey,TValue>>.Add" },
        { typeof(ImmutableArray<(int, string)>), "get_Item" },
        { typeof(Inside<int>.Deeper<string>), "Go" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_of_a_type_is_found_by_what_is_written_of_it(Type type, string name)
    {
        var methods = type.GetMembers(Any).OfType<MethodBase>().Where(method => method.Name == name).ToList();
        methods.ShouldNotBeEmpty();
        foreach (var method in methods) s_search.Find(MethodName.Of(method)).ShouldContain(method);
    }

    [Fact]
    public void A_generic_method_is_found_with_its_arguments()
    {
        var method = typeof(Enumerable).GetMethods().First(one => one.Name == nameof(Enumerable.ToDictionary) && one.GetGenericArguments().Length == 3).MakeGenericMethod(typeof(byte[]), typeof(int), typeof(List<string>));
        MethodName.Of(method).ShouldBe("System.Linq.Enumerable::ToDictionary[System.Byte[],System.Int32,System.Collections.Generic.List`1[System.String]]");
        s_search.Find(MethodName.Of(method)).ShouldContain(method);
    }

    [Fact]
    public void Shared_code_is_named_by_a_star()
    {
        var shared = typeof(object).Assembly.GetType("System.__Canon", throwOnError: true)!;
        var method = typeof(KeyValuePair<,>).MakeGenericType(shared, typeof(int)).GetMethod("get_Key")!;
        MethodName.Of(method).ShouldBe("System.Collections.Generic.KeyValuePair`2[*,System.Int32]::get_Key");
        s_search.Find(MethodName.Of(method)).ShouldContain(method);
    }

    /// <summary>They change with what stands above in a file.</summary>
    [Theory]
    [InlineData("Job+<RunAsync>d__12", "Job+<RunAsync>d")]
    [InlineData("Job+<RunAsync>d__12`1", "Job+<RunAsync>d`1")]
    [InlineData("Job+<>c__DisplayClass3_0", "Job+<>c__DisplayClass")]
    [InlineData("<RunAsync>b__12_0", "<RunAsync>b")]
    [InlineData("<RunAsync>g__Local|12_0", "<RunAsync>g__Local")]
    [InlineData("Plain__1", "Plain__1")]
    [InlineData("<>c", "<>c")]
    public void Numbers_that_the_compiler_gives_are_left_out(string name, string written) => MethodName.WithoutNumbers(name).ShouldBe(written);

    [Theory]
    [InlineData("No.Such.Type`1[System.Int32]::Go")]
    [InlineData("System.Collections.Generic.List`1[No.Such.Type]::Add")]
    [InlineData("System.Collections.Generic.List`1[System.Int32]::NoSuchMethod")]
    [InlineData("System.Collections.Generic.List`1[System.Int32,System.Int32]::Add")]
    [InlineData("System.Array::IndexOf[No.Such.Type]")]
    [InlineData("no colons")]
    public void What_is_not_there_any_more_is_nothing(string name) => s_search.Find(name).ShouldBeEmpty();

    private static class Inside<T>
    {
        internal sealed class Deeper<TMore>
        {
            public (T, TMore) Go(T one, TMore more) => (one, more);
        }
    }
}
