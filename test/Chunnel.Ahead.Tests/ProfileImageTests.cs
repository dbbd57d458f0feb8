using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace Chunnel.Ahead.Tests;

/// <summary>The runtime reads what crossgen2 is to read, and finds each method.</summary>
public sealed class ProfileImageTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void Each_method_is_found_by_its_token()
    {
        List<MethodBase> methods =
        [
            .. Of(typeof(Dictionary<string, int>)), .. Of(typeof(List<(int, string)>)), .. Of(typeof(Span<byte>)), .. Of(typeof(Lazy<int[]>)), .. Of(typeof(Memory<nint>)),
            .. Of(typeof(System.Runtime.CompilerServices.AsyncTaskMethodBuilder<bool>)), .. Of(typeof(System.Collections.Immutable.ImmutableArray<long[,]>)),
            .. typeof(Enumerable).GetMethods().Where(method => method.GetGenericArguments().Length == 2).Select(method => method.MakeGenericMethod(typeof(string), typeof(KeyValuePair<int, string>))),
            .. typeof(System.Runtime.CompilerServices.Unsafe).GetMethods().Where(method => method.GetGenericArguments() is [var only] && !only.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)).Select(method => method.MakeGenericMethod(typeof(int))),
        ];
        var image = new ProfileImage();
        var groups = methods.GroupBy(method => string.Join(';', ProfileImage.AssembliesOf(method))).ToList();
        foreach (var group in groups) image.Add(group.Key.Split(';'), group);
        var path = Path.GetTempFileName();
        try
        {
            image.Save(path);
            using var file = new MemoryStream(File.ReadAllBytes(path));
            var read = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(file).ManifestModule;
            var tokens = Tokens(read.GetMethod("AssemblyDictionary")!).ToList();
            tokens.Select(entry => entry.Text).ShouldBe(groups.Select(group => group.Key + ";"));
            tokens.SelectMany(entry => Tokens((MethodInfo)entry.Method!).Select(inner => inner.Method)).ShouldBe(groups.SelectMany(group => group));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_list_names_methods_that_are_there()
    {
        var list = File.ReadAllLines(Path.Combine(Repository, "src", "Chunnel.Cli", "compiled-ahead.txt"));
        string[] folders = [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!, Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!];
        var files = folders.SelectMany(folder => Directory.GetFiles(folder, "*.dll")).DistinctBy(Path.GetFileName).ToList();
        using var context = new MetadataLoadContext(new PathAssemblyResolver(files), "System.Private.CoreLib");
        var together = File.ReadAllLines(Path.Combine(Repository, "src", "Chunnel.Cli", "compiled-together.txt")).ToHashSet();
        var search = new MethodSearch(files.Where(file => Path.GetFileName(file) is var name && (together.Contains(name) || name.StartsWith("Chunnel.", StringComparison.OrdinalIgnoreCase))).Select(context.LoadFromAssemblyPath));
        var gone = list.Where(line => !search.Find(line).Any()).ToList();
        gone.Count.ShouldBeLessThan(list.Length / 10, $"Write it again with ./build.sh ahead. Gone: {string.Join("\n", gone.Take(20))}");
    }

    private static string Repository => typeof(ProfileImageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Repository").Value!;

    private static IEnumerable<MethodBase> Of(Type type) => type.GetMembers(Any).OfType<MethodBase>().Where(method => !method.IsGenericMethodDefinition && !method.GetParameters().Any(parameter => parameter.ParameterType.IsFunctionPointer));

    /// <summary>What the method's code loads: a text, where there is one, and the token behind it.</summary>
    private static IEnumerable<(string? Text, MethodBase? Method)> Tokens(MethodInfo method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        string? text = null;
        for (var at = 0; code[at] != (byte)OpCodes.Ret.Value; at += 5)
        {
            var token = BitConverter.ToInt32(code, at + 1);
            if (code[at] == (byte)OpCodes.Ldstr.Value)
            {
                text = method.Module.ResolveString(token);
                continue;
            }
            code[at].ShouldBe((byte)OpCodes.Ldtoken.Value);
            code[at + 5].ShouldBe((byte)OpCodes.Pop.Value);
            yield return (text, method.Module.ResolveMethod(token));
            at++;
        }
    }
}
