using System.Reflection;
using VitLab.Torch.Utils;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>
            /// A part of a network: parameters, buffers and sub-modules under names. Subclasses assign layers to fields and end their
            /// constructor with <see cref="RegisterComponents"/>; the field names are the names in the state dict.
            /// </summary>
            public abstract partial class Module : IDisposable
            {
                private readonly string _name;
                private readonly List<KeyValuePair<string, Parameter>> _parameterList = [];
                private readonly List<KeyValuePair<string, (Tensor Tensor, bool IsPersistent)>> _bufferList = [];
                private readonly List<KeyValuePair<string, Module>> _moduleList = [];
                private bool _isTraining = true;
                private bool _areComponentsRegistered;

                protected Module(string name) => _name = name;

                /// <summary>True between <see cref="train"/> and <see cref="eval"/>: dropout and its like are on.</summary>
                public virtual bool training => _isTraining;

                public virtual string GetName() => _name;

                public virtual void train(bool train = true)
                {
                    _isTraining = train;
                    foreach (var (_, module) in _moduleList)
                        module.train(train);
                }

                public virtual void eval() => train(false);

                /// <summary>Forgets the gradients of all parameters (or sets them to 0).</summary>
                public virtual void zero_grad(bool set_to_none = true)
                {
                    foreach (var parameter in parameters())
                    {
                        if (set_to_none)
                            parameter.grad = null;
                        else
                            parameter.Core.Variable?.Gradient?.AsSpan<float>().Clear();
                    }
                }

                /// <summary>Calls a function on every module, innermost first.</summary>
                public virtual Module apply(Action<Module> fn)
                {
                    foreach (var (_, module) in _moduleList)
                        module.apply(fn);
                    fn(this);
                    return this;
                }

                /// <summary>Registers every field that holds a module, a parameter or a tensor (a buffer) under the field's name. Call last in the constructor.</summary>
                protected virtual void RegisterComponents()
                {
                    if (_areComponentsRegistered)
                        return;
                    _areComponentsRegistered = true;
                    foreach (var field in Fields(GetType()))
                    {
                        var name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? ComponentName(field);
                        if (IsRegistered(name))
                            continue;
                        switch (field.GetValue(this))
                        {
                            case Module module: register_module(name, module); break;
                            case Parameter parameter: register_parameter(name, parameter); break;
                            case Tensor tensor: register_buffer(name, tensor); break;
                        }
                    }
                }

                /// <summary>Adds a tensor that is no parameter; saved with the model when persistent.</summary>
                public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
                {
                    ArgumentNullException.ThrowIfNull(tensor);
                    CheckName(name, "Tensor", _bufferList);
                    tensor.DetachFromDisposeScope();
                    _bufferList.Add(new(name, (tensor, persistent)));
                }

                public virtual void register_parameter(string name, Parameter param)
                {
                    ArgumentNullException.ThrowIfNull(param);
                    CheckName(name, "Parameter", _parameterList);
                    param.DetachFromDisposeScope();
                    _parameterList.Add(new(name, param));
                }

                public virtual void register_module(string name, Module submodule)
                {
                    ArgumentNullException.ThrowIfNull(submodule);
                    if (string.IsNullOrEmpty(name) || name.Contains('.'))
                        throw new ArgumentException($"module name can't be empty or contain \".\", got: \"{name}\"", nameof(name));
                    CheckName(name, "Sub-module", _moduleList);
                    submodule.RegisterComponents();
                    _moduleList.Add(new(name, submodule));
                }

                public void add_module(string name, Module module) => register_module(name, module);

                public void Dispose()
                {
                    Dispose(disposing: true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                    if (!disposing)
                        return;
                    foreach (var (_, parameter) in _parameterList)
                    {
                        parameter.grad = null;
                        parameter.Dispose();
                    }
                    foreach (var (_, (buffer, _)) in _bufferList)
                        buffer.Dispose();
                    foreach (var (_, module) in _moduleList)
                        module.Dispose();
                    _parameterList.Clear();
                    _bufferList.Clear();
                    _moduleList.Clear();
                }

                internal Module MoveTo(ScalarType? type, Device? device)
                {
                    if (type is { } wanted && wanted.IsFloating() && wanted != ScalarType.Float32)
                        throw new NotSupportedException($"This engine trains in Float32; {wanted} needs the TorchSharp engine.");
                    return this;
                }

                private protected void ClearModules() => _moduleList.Clear();

                // The layers of this engine hold theirs in properties, whose fields the compiler names <weight>k__BackingField.
                private static string ComponentName(FieldInfo field) => field.Name is ['<', ..] name ? name[1..name.IndexOf('>')] : field.Name;

                private bool IsRegistered(string name) =>
                    _parameterList.Exists(entry => entry.Key == name) || _bufferList.Exists(entry => entry.Key == name) || _moduleList.Exists(entry => entry.Key == name);

                private static void CheckName<T>(string name, string kind, List<KeyValuePair<string, T>> entries)
                {
                    if (entries.Exists(entry => entry.Key == name))
                        throw new InvalidOperationException($"{kind} {name} is already registered.");
                }

                // Base classes first, each in the order of declaration.
                private static IEnumerable<FieldInfo> Fields(Type type)
                {
                    if (type.BaseType is { } baseType && baseType != typeof(Module))
                        foreach (var field in Fields(baseType))
                            yield return field;
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(field => field.MetadataToken))
                        yield return field;
                }
            }
        }
    }

    /// <summary>Moves of modules between element types and devices; with one of each, they only check.</summary>
    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => (T)module.MoveTo(type, null);

        public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => (T)module.MoveTo(type, device);

        public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module => (T)module.MoveTo(null, device);

        public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module => (T)module.MoveTo(null, new torch.Device(deviceType, deviceIndex));

        public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module => (T)module.MoveTo(null, new torch.Device(device));

        public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module;

        public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module => module.to(DeviceType.CUDA, deviceIndex);

        public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float32);
    }
}
