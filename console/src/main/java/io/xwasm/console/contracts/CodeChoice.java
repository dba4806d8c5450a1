package io.xwasm.console.contracts;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.CodeView;
import io.xwasm.controlplane.api.Page;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Code by file or from what was uploaded before. */
final class CodeChoice extends Div {
    private static final long serialVersionUID = 1L;

    /** More than the server takes; it says the real limit. */
    private static final int MAX_BYTES = 64 << 20;

    private static final int LISTED = 200;

    private final transient SignedIn signedIn;
    private final transient Consumer<CodeView> chosen;
    private final ComboBox<CodeView> uploaded = new ComboBox<>("Uploaded before");
    private final Fragment trouble = new Fragment();

    /**
     * @param offered what of the uploaded code makes sense here
     * @param chosen told whenever another one is chosen
     */
    CodeChoice(SignedIn signedIn, Predicate<CodeView> offered, Consumer<CodeView> chosen) {
        this.signedIn = signedIn;
        this.chosen = chosen;
        addClassName("stack");
        uploaded.setId("code-choice");
        uploaded.setWidthFull();
        uploaded.setItemLabelGenerator(CodeChoice::label);
        uploaded.addValueChangeListener(e -> {
            if (e.getValue() != null) {
                chosen.accept(e.getValue());
            }
        });
        add(upload(), uploaded, trouble);
        Answer<Page<CodeView>> answer =
                signedIn.attempt(() -> signedIn.client().code((String) null, LISTED));
        switch (answer) {
            case Answer.Got<Page<CodeView>>(var page) ->
                    uploaded.setItems(page.items().stream().filter(offered).toList());
            case Answer.Refused<Page<CodeView>>(var problem) -> trouble.show(Trouble.note(problem));
        }
    }

    @Nullable CodeView value() {
        return uploaded.getValue();
    }

    private Upload upload() {
        var upload = new Upload(UploadHandler.inMemory((_, bytes) -> take(bytes)));
        upload.setId("code-upload");
        upload.setAcceptedFileExtensions(".wasm");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(MAX_BYTES);
        upload.setUploadButton(Buttons.secondary("Upload a .wasm file", "upload", () -> {}));
        upload.setDropLabel(new Fragment(Markup.span("sm t2", "or drop it here")));
        return upload;
    }

    private void take(byte[] wasm) {
        trouble.show(Markup.NONE);
        switch (signedIn.attempt(() -> signedIn.client().uploadCode(wasm))) {
            case Answer.Got<CodeView>(var code) -> {
                trouble.show(
                        Markup.div(
                                "row sm t2",
                                Markup.bold(label(code)),
                                Panels.hash(code.hash().toString()),
                                Figures.bytes(code.size())));
                chosen.accept(code);
            }
            case Answer.Refused<CodeView>(var problem) -> trouble.show(Trouble.note(problem));
        }
    }

    private static String label(CodeView code) {
        return "%s %s · %s".formatted(code.name(), code.label(), code.hash().abbreviated());
    }
}
