namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Functions called around forward by <c>call</c>, in the order they were registered.</summary>
            public abstract class HookableModule<TPreHook, TPostHook> : Module
            {
                private List<(HookRemover Key, Action<Module> Hook)>? _modulePreHooks;
                private List<(HookRemover Key, TPreHook Hook)>? _preHooks;
                private List<(HookRemover Key, TPostHook Hook)>? _postHooks;
                private List<(HookRemover Key, Action<Module> Hook)>? _modulePostHooks;

                protected HookableModule(string name)
                    : base(name)
                {
                }

                /// <summary>The hook sees module, inputs and result, and may return another result (null keeps it).</summary>
                public HookRemover register_forward_hook(TPostHook hook) => Add(ref _postHooks, hook);

                /// <summary>The hook sees module and inputs before forward, and may return other inputs (null keeps them).</summary>
                public HookRemover register_forward_pre_hook(TPreHook hook) => Add(ref _preHooks, hook);

                public HookRemover register_forward_hook(Action<Module> hook) => Add(ref _modulePostHooks, hook);

                public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(ref _modulePreHooks, hook);

                private protected ReadOnlySpan<(HookRemover Key, TPreHook Hook)> PreHooks => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_preHooks);

                private protected ReadOnlySpan<(HookRemover Key, TPostHook Hook)> PostHooks => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_postHooks);

                private protected void CallModulePreHooks()
                {
                    foreach (var (_, hook) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_modulePreHooks))
                        hook(this);
                }

                private protected void CallModulePostHooks()
                {
                    foreach (var (_, hook) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_modulePostHooks))
                        hook(this);
                }

                // Lists are replaced, never changed, so that a hook may register or remove hooks.
                private HookRemover Add<THook>(ref List<(HookRemover, THook)>? hooks, THook hook)
                {
                    var remover = new HookRemover(this);
                    hooks = [.. hooks ?? [], (remover, hook)];
                    return remover;
                }

                private void Remove(HookRemover key)
                {
                    _modulePreHooks = _modulePreHooks?.FindAll(entry => entry.Key != key);
                    _preHooks = _preHooks?.FindAll(entry => entry.Key != key);
                    _postHooks = _postHooks?.FindAll(entry => entry.Key != key);
                    _modulePostHooks = _modulePostHooks?.FindAll(entry => entry.Key != key);
                }

                /// <summary>Takes a hook off again.</summary>
                public sealed class HookRemover
                {
                    private readonly HookableModule<TPreHook, TPostHook> _module;

                    internal HookRemover(HookableModule<TPreHook, TPostHook> module) => _module = module;

                    public void remove() => _module.Remove(this);
                }
            }
        }
    }
}
