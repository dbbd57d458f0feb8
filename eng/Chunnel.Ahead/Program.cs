using System.Reflection;
using Chunnel.Ahead;

const int Usage = 64;

// Chunnel.Ahead LIST PROFILE TOGETHER APART: writes the profile of the methods that LIST names, one a line. TOGETHER and APART are files
// that name assemblies by path, one a line: those that are compiled together, and others that they refer to.
if (args is not [var list, var profile, var togetherList, var apartList])
{
    Console.Error.WriteLine("Chunnel.Ahead LIST PROFILE TOGETHER APART");
    return Usage;
}
var together = File.ReadAllLines(togetherList);
using var context = new MetadataLoadContext(new PathAssemblyResolver([.. together, .. File.ReadAllLines(apartList)]), "System.Private.CoreLib");
var search = new MethodSearch(together.Select(context.LoadFromAssemblyPath));
var names = File.ReadAllLines(list);
var found = names.Select(name => search.Find(name).ToList()).ToList();
var image = new ProfileImage();
foreach (var group in found.SelectMany(methods => methods).GroupBy(method => string.Join(';', ProfileImage.AssembliesOf(method)), StringComparer.Ordinal)) image.Add(group.Key.Split(';'), group);
image.Save(profile);
Console.WriteLine($"{Path.GetFileName(list)}: {found.Count(methods => methods.Count > 0)} of {names.Length} names stand for {found.Sum(methods => methods.Count)} methods. ./build.sh ahead writes it again.");
return 0;
