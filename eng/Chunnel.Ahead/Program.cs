using System.Reflection;
using Chunnel.Ahead;

// Chunnel.Ahead LIST PROFILE TOGETHER APART: writes the profile of the methods that LIST names, one a line. TOGETHER and APART are files
// that name assemblies by path, one a line: those that are compiled together, and others that they refer to.
if (args.Length != 4)
{
    Console.Error.WriteLine("Chunnel.Ahead LIST PROFILE TOGETHER APART");
    return 64;
}
string[] together = Paths(args[2]);
string[] apart = Paths(args[3]);
using var context = new MetadataLoadContext(new PathAssemblyResolver([.. together, .. apart]), "System.Private.CoreLib");
var inside = together.Select(context.LoadFromAssemblyPath).ToHashSet();
var search = new MethodSearch(inside);
var image = new ProfileImage();
int lines = 0, unknown = 0;
var methods = new List<MethodBase>();
foreach (string line in File.ReadLines(args[0]).Where(l => l.Length > 0))
{
    lines++;
    int before = methods.Count;
    methods.AddRange(search.Find(line));
    if (methods.Count == before)
    {
        unknown++;
        if (Environment.GetEnvironmentVariable("CHUNNEL_AHEAD_SHOW") is not null) Console.WriteLine(line);
    }
}
foreach (var group in methods.GroupBy(m => string.Join(';', Assemblies(m)), StringComparer.Ordinal))
{
    image.Add(group.Key.Split(';'), group);
}
image.Save(args[1]);
Console.WriteLine($"{lines - unknown} of {lines} names found, {methods.Count} methods");
return 0;

static string[] Paths(string file) => File.ReadAllLines(file);

// First the one that declares the method's type, then those of the arguments.
static IEnumerable<string> Assemblies(MethodBase method)
{
    var names = new List<string>();
    Visit(method.DeclaringType!);
    if (method.IsGenericMethod)
    {
        Array.ForEach(method.GetGenericArguments(), Visit);
    }
    return names.Distinct(StringComparer.Ordinal);

    void Visit(Type type)
    {
        if (type.HasElementType)
        {
            Visit(type.GetElementType()!);
            return;
        }
        names.Add(type.Assembly.GetName().Name!);
        Array.ForEach(type.GenericTypeArguments, Visit);
    }
}
