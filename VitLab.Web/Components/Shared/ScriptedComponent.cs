using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace VitLab.Web.Components.Shared;

/// <summary>
/// A control whose moving part lives in <c>dist/{Module}.js</c>. After the first render the module's
/// <c>create(root, owner, options)</c> is called; what it returns takes <see cref="CallAsync"/> and is disposed with the component. JavaScript
/// calls back through <c>owner.invokeMethodAsync</c> on methods marked <see cref="JSInvokableAttribute"/>.
/// </summary>
public abstract class ScriptedComponent : ComponentBase, IAsyncDisposable
{
    private readonly TaskCompletionSource<IJSObjectReference?> _control = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IJSObjectReference? _module;
    private DotNetObjectReference<ScriptedComponent>? _owner;
    private bool _disposed;

    [Inject]
    public required IJSRuntime Script { get; init; }

    /// <summary>Path under <c>dist/</c> without extension: "draw/draw-board".</summary>
    protected abstract string Module { get; }

    /// <summary>The element handed to <c>create</c>: set with <c>@ref="Root"</c>.</summary>
    protected ElementReference Root { get; set; }

    /// <summary>Third argument of <c>create</c>, serialised camelCase; read once, after the first render.</summary>
    protected virtual object? Options => null;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _owner = DotNetObjectReference.Create(this);
            _module = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets[$"dist/{Module}.js"]}");
            if (_disposed)
            {
                await _module.DisposeAsync();
                return;
            }

            var control = await _module.InvokeAsync<IJSObjectReference>("create", Root, _owner, Options);
            if (_control.TrySetResult(control))
            {
                await OnCreatedAsync();
            }
            else
            {
                await LetGoAsync(control);
            }
        }
        catch (Exception e) when (e is JSDisconnectedException or ObjectDisposedException or OperationCanceledException)
        {
            _control.TrySetResult(null);
        }
        catch
        {
            _control.TrySetResult(null);
            throw;
        }
    }

    /// <summary>Runs once the control is there.</summary>
    protected virtual Task OnCreatedAsync() => Task.CompletedTask;

    /// <summary>
    /// Calls a method of the control once it is there; quiet when the browser has gone. A lone array of references would be spread
    /// over the parameters: hand it over as a list.
    /// </summary>
    protected async Task CallAsync(string method, params object?[] arguments)
    {
        if (await _control.Task is not { } control || _disposed)
        {
            return;
        }

        try
        {
            await control.InvokeVoidAsync(method, arguments);
        }
        catch (Exception e) when (e is JSDisconnectedException or ObjectDisposedException or OperationCanceledException)
        {
            // The circuit is gone: there is no picture left to change.
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        GC.SuppressFinalize(this);
        _control.TrySetResult(null);
        try
        {
            if (await _control.Task is { } control)
            {
                await LetGoAsync(control);
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or ObjectDisposedException or OperationCanceledException)
        {
            // Leaving a page whose browser has left already.
        }

        _owner?.Dispose();
    }

    private static async Task LetGoAsync(IJSObjectReference control)
    {
        await control.InvokeVoidAsync("dispose");
        await control.DisposeAsync();
    }
}
