using Microsoft.JSInterop;

namespace VitLab.Web.Components.Shared;

/// <summary>
/// The address follows what a page shows, so that a link or a reload shows the same. Only the address: what Blazor calls a navigation also goes to the page's top, and comes
/// back to the page later than a quick hand's next change.
/// </summary>
internal static class AddressBar
{
    /// <param name="address">Of the page that is open.</param>
    public static async Task ShowAddressAsync(this IJSRuntime script, string address) => await script.InvokeVoidAsync("history.replaceState", null, "", address);
}
