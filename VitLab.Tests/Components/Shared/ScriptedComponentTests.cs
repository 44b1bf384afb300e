using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.JSInterop;
using VitLab.Web.Components.Shared;

namespace VitLab.Tests.Components.Shared;

public class ScriptedComponentTests : ComponentTest
{
    [Fact]
    public void Render_First_CreatesTheControlWithItsOptions()
    {
        SetupControl("shared/sample");

        Render<Sample>();

        var import = Assert.Single(JSInterop.Invocations["import"]);
        Assert.Equal("./dist/shared/sample.js", import.Arguments[0]);
        var create = Assert.Single(JSInterop.Invocations["create"]);
        Assert.IsType<ElementReference>(create.Arguments[0]);
        Assert.Equal("options", create.Arguments[2]);
    }

    [Fact]
    public async Task CallAsync_AfterCreation_ReachesTheControl()
    {
        var control = SetupControl("shared/sample");
        control.SetupVoid("show", 7).SetVoidResult();
        var sample = Render<Sample>();

        await sample.InvokeAsync(() => sample.Instance.ShowAsync(7));

        control.VerifyInvoke("show");
    }

    [Fact]
    public async Task DisposeAsync_AfterCreation_DisposesTheControlOnce()
    {
        var control = SetupControl("shared/sample");
        var sample = Render<Sample>();

        await sample.InvokeAsync(async () =>
        {
            await sample.Instance.DisposeAsync();
            await sample.Instance.DisposeAsync();
        });

        control.VerifyInvoke("dispose", calledTimes: 1);
    }

    [Fact]
    public async Task CallAsync_CircuitGone_StaysQuiet()
    {
        var control = SetupControl("shared/sample");
        control.SetupVoid("show", 7).SetException(new JSDisconnectedException("gone"));
        var sample = Render<Sample>();

        await sample.InvokeAsync(() => sample.Instance.ShowAsync(7));

        control.VerifyInvoke("show");
    }

    private sealed class Sample : ScriptedComponent
    {
        protected override string Module => "shared/sample";

        protected override object? Options => "options";

        public Task ShowAsync(int value) => CallAsync("show", value);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "div");
            builder.AddElementReferenceCapture(1, element => Root = element);
            builder.CloseElement();
        }
    }
}
