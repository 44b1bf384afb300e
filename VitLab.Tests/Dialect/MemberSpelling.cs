using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace VitLab.Tests.Dialect;

/// <summary>
/// Types and members as the table of TorchSharp's signatures writes them, each on one line: modifiers, result, name, and the parameters with their order, types,
/// names and defaults. Whether a reference may be null is left out: only a compiler can judge that, and the build against TorchSharp does.
/// </summary>
internal static class MemberSpelling
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>A type's heading: <c>sealed class Modules.Linear</c>, <c>enum torch.nn.Reduction : long</c>.</summary>
    public static string Heading(Type type) => type switch
    {
        { IsEnum: true } => $"enum {TypeSpelling.Of(type)} : {TypeSpelling.Of(Enum.GetUnderlyingType(type))}",
        { IsInterface: true } => $"interface {TypeSpelling.Of(type)}",
        { IsValueType: true } => $"struct {TypeSpelling.Of(type)}",
        { IsAbstract: true, IsSealed: true } => $"static class {TypeSpelling.Of(type)}",
        { IsAbstract: true } => $"abstract class {TypeSpelling.Of(type)}",
        { IsSealed: true } => $"sealed class {TypeSpelling.Of(type)}",
        _ => $"class {TypeSpelling.Of(type)}",
    };

    /// <summary>What a type is beside itself: <c>: torch.nn.Module</c>, <c>: IDisposable</c>.</summary>
    public static IEnumerable<string> Ancestors(Type type)
    {
        List<Type> ancestors = type.IsEnum ? [] : [.. type.GetInterfaces().Where(ancestor => ancestor.IsVisible)];
        for (var parent = type.BaseType; parent is not null && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum); parent = parent.BaseType)
        {
            ancestors.Add(parent);
        }

        return ancestors.Select(ancestor => $": {TypeSpelling.Of(ancestor)}");
    }

    /// <summary>The members a type declares (or has, with those of its ancestors) that code outside its assembly can name.</summary>
    public static IEnumerable<MemberInfo> Members(Type type, bool inherited = false) =>
        from member in type.GetMembers(Everything | (inherited ? BindingFlags.FlattenHierarchy : BindingFlags.DeclaredOnly))
        where member is not Type && IsVisible(member) && !IsAccessor(member)
        select member;

    /// <summary>Whether code outside the assembly can name the member, from anywhere or from a subclass.</summary>
    public static bool IsVisible(MemberInfo member) => member switch
    {
        MethodInfo method when method.GetBaseDefinition().DeclaringType == typeof(object) => false,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    };

    /// <summary>One member.</summary>
    public static string Of(MemberInfo member) => member switch
    {
        FieldInfo { DeclaringType.IsEnum: true } value => $"{value.Name} = {value.GetRawConstantValue()}",
        FieldInfo { IsLiteral: true } constant => $"const {TypeSpelling.Of(constant.FieldType)} {constant.Name} = {Literal(constant.GetRawConstantValue(), constant.FieldType)}",
        FieldInfo field => $"{Protected(field.IsPublic)}{Static(field.IsStatic)}{(field.IsInitOnly ? "readonly " : "")}{TypeSpelling.Of(field.FieldType, field)} {field.Name}",
        ConstructorInfo constructor => $"{Protected(constructor.IsPublic)}new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true, Name: "op_Implicit" } conversion => $"static implicit operator {TypeSpelling.Of(conversion.ReturnType)}({Parameters(conversion)})",
        MethodInfo method => $"{Modifiers(method)}{Result(method)} {method.Name}{TypeParameters(method)}({Parameters(method)}){Constraints(method)}",
        PropertyInfo property => Property(property),
        EventInfo @event => $"event {TypeSpelling.Of(@event.EventHandlerType!)} {@event.Name}",
        _ => throw new NotSupportedException($"{member.MemberType} {member.Name} has no spelling."),
    };

    private static bool IsAccessor(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } method && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string Protected(bool isPublic) => isPublic ? "" : "protected ";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Modifiers(MethodInfo method) => Protected(method.IsPublic) + Static(method.IsStatic)
        + (method is { IsVirtual: true, IsFinal: false, DeclaringType.IsSealed: false } ? method.IsAbstract ? "abstract " : "virtual " : "");

    private static string Result(MethodInfo method) => TypeSpelling.Of(method.ReturnType, method.ReturnTypeCustomAttributes);

    private static string TypeParameters(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Constraints(MethodInfo method) => string.Concat(
        from argument in method.IsGenericMethodDefinition ? method.GetGenericArguments() : []
        let types = argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeSpelling.Of)
        let words = argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? types.Prepend("struct") : types
        where words.Any()
        select $" where {argument.Name} : {string.Join(", ", words)}");

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible).OrderBy(accessor => accessor.ReturnType == typeof(void))];
        var most = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var words = accessors.Select(accessor => $"{(most.IsPublic ? Protected(accessor.IsPublic) : "")}{(accessor.ReturnType == typeof(void) ? "set" : "get")};");
        return $"{Modifiers(most)}{TypeSpelling.Of(property.PropertyType, property)} {name} {{ {string.Join(' ', words)} }}";
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{passing}{TypeSpelling.Of(parameter.ParameterType, parameter)} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } words && Enum.GetName(words, value) is { } name => name,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
