using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using VitLab.Tests.Support;

namespace VitLab.Tests.Dialect.Managed;

/// <summary>The file each method of an assembly was written in, read from its symbols.</summary>
internal sealed class SourceFiles : IDisposable
{
    private readonly MetadataReaderProvider _symbols;
    private readonly MetadataReader _reader;

    public SourceFiles(Assembly assembly)
    {
        _symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        _reader = _symbols.GetMetadataReader();
    }

    /// <summary>The method's file below the checkout, or the name of its type when the compiler wrote all of it.</summary>
    public string Of(MethodBase method)
    {
        var information = _reader.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(method.MetadataToken & 0xFFFFFF));
        var document = information.GetSequencePoints().Select(point => point.Document).FirstOrDefault(handle => !handle.IsNil);
        return document.IsNil ? method.DeclaringType!.FullName! : Path.GetRelativePath(Repository.Root, _reader.GetString(_reader.GetDocument(document).Name));
    }

    /// <summary>The file of a type's code.</summary>
    public string Of(Type type) => AllMethods(type).Select(Of).FirstOrDefault(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)) ?? type.FullName!;

    public void Dispose() => _symbols.Dispose();

    /// <summary>The methods and constructors a type declares itself.</summary>
    public static IEnumerable<MethodBase> AllMethods(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));
    }
}
