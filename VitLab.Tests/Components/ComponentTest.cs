using Bunit;
using VitLab.Tests.Support;

namespace VitLab.Tests.Components;

/// <summary>A bUnit context as the app sets it up; JavaScript is strict, so every module and call a control makes is planned by its test.</summary>
public abstract class ComponentTest : BunitContext
{
    private readonly JSRuntimeInvocationHandler _addresses;

    protected ComponentTest()
    {
        DefaultWaitTimeout = Limit.Time; // costs nothing when the state comes at once; slow machines need it
        _addresses = JSInterop.SetupVoid("history.replaceState", _ => true).SetVoidResult();
    }

    /// <summary>What the page wrote into the address bar last.</summary>
    protected string? Address => _addresses.Invocations.LastOrDefault().Arguments?[2] as string;

    /// <summary>Plans the import of <c>dist/{module}.js</c> and its <c>create</c>; further calls are planned on what is returned.</summary>
    protected BunitJSModuleInterop SetupControl(string module)
    {
        var script = JSInterop.SetupModule($"./dist/{module}.js");
        var control = script.SetupModule("create", _ => true);
        control.SetupVoid("dispose").SetVoidResult();
        return control;
    }
}
